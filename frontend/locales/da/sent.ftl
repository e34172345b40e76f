# Hvad der siges om kilder, som klynger selv sender.
coverage-no_sender = Intet sendt endnu
coverage-not_sent = Intet sendt endnu
coverage-silent = Tavs
coverage-not_taken = Mislykket
coverage-no_sender-means = Der er ikke sendt noget til Bevis endnu, og ingen må sende. Begynd med at oprette et token (bevis token create), og giv det til afsenderen som beskrevet i docs/intake.md.
coverage-not_sent-means = Der er et token, men der er ikke kommet noget endnu. Sæt afsenderen op som beskrevet i docs/intake.md. Er tokenet gået tabt, så opret et nyt (bevis token create).
coverage-silent-means = Der er ikke kommet noget for nylig. Tavshed beviser ingenting.
coverage-not_taken-means = Det, der blev sendt, kunne ikke slås op.
