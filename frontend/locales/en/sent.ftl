# What is told of sources that clusters send by themselves.
coverage-no_sender = Nothing sent yet
coverage-not_sent = Nothing sent yet
coverage-silent = Silent
coverage-not_taken = Failed
coverage-no_sender-means = Nothing was sent to Bevis yet, and nobody may send. To begin, make a token (bevis token create), and give it to the sender as docs/intake.md describes.
coverage-not_sent-means = There is a token, and nothing has come yet. Set the sender up as docs/intake.md describes. If the token was lost, make another (bevis token create).
coverage-silent-means = Nothing came lately. Silence proves nothing.
coverage-not_taken-means = What was sent could not be looked up.
