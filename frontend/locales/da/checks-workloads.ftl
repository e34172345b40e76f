## img.trusted_registry

check-img-trusted_registry-title = Images kommer fra godkendte registre
check-img-trusted_registry-rule = Hvert image, som en arbejdsbyrde nævner, er fra et register, eller en sti i et, der står på den godkendte liste.
check-img-trusted_registry-rationale = Et image er et program med arbejdsbyrdens rettigheder. Hvor det kommer fra, afgør, hvem der kan lægge hvad i det.
check-img-trusted_registry-remedy = Kopiér imaget til et godkendt register, og hent det derfra, eller føj efter godkendelse dets register til trusted_registries i klyngens politik.
fault-img-trusted_registry-untrusted = Containeren kører et image fra { $repository }, som ikke står på den godkendte liste.
reason-img-trusted_registry-forbidden = { reason-forbidden }
reason-img-trusted_registry-absent = { reason-absent }
reason-img-trusted_registry-unread = { reason-unread }
reason-img-trusted_registry-no_list = Der er ingen liste over godkendte registre (trusted_registries). Images kommer fra { $count }: { $registries }.

## img.immutable_ref

check-img-immutable_ref-title = Images angives med en version
check-img-immutable_ref-rule = Hvert image har et tag, der ikke er latest, eller et digest.
check-img-immutable_ref-rationale = Uden en version kan en genstart køre et andet program end i går, uden at nogen har besluttet det.
check-img-immutable_ref-remedy = Angiv imaget med en version, eller bedre med dets digest.
fault-img-immutable_ref-latest = Imaget fra { $repository } er angivet med tagget latest.
fault-img-immutable_ref-untagged = Imaget fra { $repository } er angivet uden tag, hvilket betyder latest.
reason-img-immutable_ref-forbidden = { reason-forbidden }
reason-img-immutable_ref-absent = { reason-absent }
reason-img-immutable_ref-unread = { reason-unread }

## cap.requests

check-cap-requests-title = Arbejdsbyrder angiver deres behov
check-cap-requests-rule = Hver container beder om processortid og hukommelse, selv, sammen med sin pod eller gennem en standard i navnerummet. En ResourceQuota begrænser, hvad hvert navnerum beder om i alt; systemets og platformens egne navnerum (som openshift-* og calico-*) behøver ingen.
check-cap-requests-rationale = Det, der ikke bedes om, sættes ikke af. Så kan én arbejdsbyrde tage det hele fra en anden, og ingen kan planlægge kapaciteten. Det, der ikke er begrænset, kan bruge det, der er tilbage til andre.
check-cap-requests-remedy = Føj requests for cpu og memory til containeren, eller en LimitRange med standarder til navnerummet. Begræns navnerummet med en ResourceQuota.
fault-cap-requests-missing = Containeren beder ikke om: { $resources }.
fault-cap-requests-unbounded = Ingen ResourceQuota begrænser, hvad navnerummet må bede om af: { $resources }.
reason-cap-requests-forbidden = { reason-forbidden }
reason-cap-requests-absent = { reason-absent }
reason-cap-requests-unread = { reason-unread }

## sec.env

check-sec-env-title = Adgangskoder er ikke skrevet i arbejdsbyrder
check-sec-env-rule = Ingen miljøvariabel, hvis navn siger, at den rummer en hemmelighed (for eksempel et, der ender på PASSWORD eller TOKEN), har sin værdi skrevet i arbejdsbyrden. Værdier gemmes ikke, og hemmeligheder under andre navne findes ikke.
check-sec-env-rationale = Det, der står i en arbejdsbyrde, kan læses af alle, der kan se arbejdsbyrder, og bliver stående i konfigurationens historik.
check-sec-env-remedy = Flyt værdien til en Secret, og henvis til den (secretKeyRef). Skift derefter adgangskoden: den er blevet set.
fault-sec-env-literal = Disse variabler i containeren har deres værdier skrevet ind: { $variables }.
reason-sec-env-forbidden = { reason-forbidden }
reason-sec-env-absent = { reason-absent }
reason-sec-env-unread = { reason-unread }

## avl.disruption_budget

check-avl-disruption_budget-title = Vedligehold lader nok pods køre
check-avl-disruption_budget-rule = For hvert Deployment og StatefulSet med mindst to pods siger et PodDisruptionBudget, hvor mange der skal blive ved med at køre.
check-avl-disruption_budget-rationale = Uden det kan tømning af en node til vedligehold stoppe alle pods på én gang, selv om der netop var flere for at undgå det.
check-avl-disruption_budget-remedy = Tilføj et PodDisruptionBudget, der udvælger arbejdsbyrdens pods.
fault-avl-disruption_budget-none = Intet PodDisruptionBudget udvælger denne arbejdsbyrdes pods.
reason-avl-disruption_budget-forbidden = { reason-forbidden }
reason-avl-disruption_budget-absent = { reason-absent }
reason-avl-disruption_budget-unread = { reason-unread }
reason-avl-disruption_budget-no_replicas = Intet Deployment eller StatefulSet har to pods eller flere.
