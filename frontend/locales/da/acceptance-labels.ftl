# Risikoaccepter efter labels.

acceptance-scope-labels = Et tjek på det, der bærer bestemte labels
acceptance-scope-labels-means = Efter labels på workloads og på de namespaces, de ligger i; en workloads egen label går forud for namespacets. Det, der senere får sådanne labels, er også dækket, og det, der mister dem, er ikke. Hvor Bevis ikke har læst labels, er intet dækket.
acceptance-of-labels = { $check }: { $selector } på { $cluster }
acceptance-of-labels-everywhere = { $check }: { $selector } på alle klynger
acceptance-field-selector = Labels
acceptance-field-selector-hint = Som kubectl tager dem: environment=test, environment in (test,dev), tier!=db, app.kubernetes.io/part-of, !tier. Med komma imellem skal alle være opfyldt.
acceptance-labels-kept = Labels med disse nøgler gemmes: { $keys }
acceptance-no-labels = Bevis har endnu ikke læst labels på namespaces eller workloads. Hvilke nøgler der gemmes, står i label_keys i klyngens politik.

error-acceptance-selector = Det er ingen labelselektor, eller den er for lang. Skriv den, som kubectl tager den, for eksempel environment in (test,dev),tier!=db: { $value }
error-acceptance-label-keys = Selektoren nævner en label, der ikke gemmes. Labels med disse nøgler gør: { $value }
error-acceptance-no-labels = Bevis har endnu ikke læst labels på namespaces eller workloads der, så intet kan vælges efter dem.
