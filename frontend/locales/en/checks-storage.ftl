## enc.storage

check-enc-storage-title = Volumes are on encrypted storage
check-enc-storage-rule = Every class of storage that volumes are made from asks its driver for encryption, or is on the list of those that the provider encrypts. That the provider does so must be shown by its statement.
check-enc-storage-rationale = Disks are moved, replaced and thrown away. Encrypted, they hold nothing for whoever gets hold of them.
check-enc-storage-remedy = Make a class that asks for encryption and move the data, or add the class to encrypted_storage in the cluster’s policy once the provider has stated it.
fault-enc-storage-switched_off = The class switches encryption off.
fault-enc-storage-not_listed = Nothing asks for encryption here, and the storage is not on the list of those that the provider encrypts.
reason-enc-storage-forbidden = { reason-forbidden }
reason-enc-storage-absent = { reason-absent }
reason-enc-storage-unread = { reason-unread }
reason-enc-storage-not_shown = Whether this storage is encrypted cannot be seen and must be shown by the provider’s statement ({ $count }): { $storage }.
reason-enc-storage-no_volumes = There is no volume.

## out.released_volumes

check-out-released_volumes-title = No data is left in volumes that nobody uses
check-out-released_volumes-rule = No volume stays for longer than policy allows (30 days, if it says nothing) after the claim that it was made for was deleted.
check-out-released_volumes-rationale = What nobody uses, nobody watches. The data is still there, past the day on which it should be gone.
check-out-released_volumes-remedy = Copy what must be kept, then delete the volume, and see that the storage behind it is deleted too.
fault-out-released_volumes-left_over = The volume was made for { $claim }, which is gone since { $since }; { $days } days are allowed.
reason-out-released_volumes-forbidden = { reason-forbidden }
reason-out-released_volumes-absent = { reason-absent }
reason-out-released_volumes-unread = { reason-unread }
reason-out-released_volumes-since_unknown = Since when nobody uses { $count } volumes is not told before Kubernetes 1.29, and must be judged by a person: { $volumes }.
reason-out-released_volumes-none = There is no volume.
