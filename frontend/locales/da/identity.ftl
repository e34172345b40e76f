# Fund, som en ny identitetsregel gjorde til ét.

finding-goes-on = Fortsætter som et andet fund
timeline-goes-on = Fortsætter som et andet fund
timeline-took-over = Overtog et andet fund
timeline-merged-means = En ny version af den regel, der skelner fund fra hinanden, regner de to for ét. Det, der er set af hvert fund og besluttet om det, er fortsat registreret.

# Åbne fund, der ikke kunne ses.
finding-unseen = Ikke set siden
finding-unseen-short = ikke set siden
finding-unseen-means = Det, der siden har kunnet læses, omfattede det ikke. Det vides ikke, om det stadig fejler, så det forbliver åbent.
