## auth.oidc_configured

check-auth-oidc_configured-title = People log in through a central login service
check-auth-oidc_configured-rule = Every API server trusts one OpenID Connect issuer, over HTTPS, with a client id; it is the one that policy names, if it names one.
check-auth-oidc_configured-rationale = Without central login there are certificates that several people share, and that nobody can withdraw when one of them leaves.
check-auth-oidc_configured-remedy = Set the issuer, such as Dex, on every API server.
fault-auth-oidc_configured-none = The API server knows no central login service.
fault-auth-oidc_configured-insecure = The login service “{ $issuer }” is not asked over HTTPS.
fault-auth-oidc_configured-no_client = The login service { $issuer } is set without a client id, so no login counts.
fault-auth-oidc_configured-other_issuer = The API server trusts { $issuer }, which is not the login service that policy names.
reason-auth-oidc_configured-forbidden = { reason-forbidden }
reason-auth-oidc_configured-absent = { reason-absent }
reason-auth-oidc_configured-unread = { reason-unread }
fault-auth-oidc_configured-mixed = { fault-mixed }
reason-auth-oidc_configured-managed = { reason-managed }
reason-auth-oidc_configured-in_process = { reason-in_process }
reason-auth-oidc_configured-elsewhere = { reason-elsewhere }
reason-auth-oidc_configured-openshift = { reason-openshift }
reason-auth-oidc_configured-arguments = { reason-arguments }
reason-auth-oidc_configured-file = Login is set up in a file on the nodes (--authentication-config), which cannot be read from outside. Show its issuers.
reason-auth-oidc_configured-webhook = Another service decides who is who (--authentication-token-webhook-config-file). Whether it is a central login must be shown by a person.

## auth.anonymous_off

check-auth-anonymous_off-title = Nobody is let in without logging in
check-auth-anonymous_off-rule = The API server refuses requests without a login, or a file limits them to single paths. It allows them where nothing is set.
check-auth-anonymous_off-rationale = What a stranger may do is then up to roles alone, and a fault in the API server is open to everybody who reaches it.
check-auth-anonymous_off-remedy = Limit anonymous requests to health checks, or turn them off. Turning them off may break health checks of the API server.
fault-auth-anonymous_off-on = The API server accepts requests without a login. What they may do is judged by the check of roles for the unauthenticated.
reason-auth-anonymous_off-forbidden = { reason-forbidden }
reason-auth-anonymous_off-absent = { reason-absent }
reason-auth-anonymous_off-unread = { reason-unread }
fault-auth-anonymous_off-mixed = { fault-mixed }
reason-auth-anonymous_off-managed = { reason-managed }
reason-auth-anonymous_off-in_process = { reason-in_process }
reason-auth-anonymous_off-elsewhere = { reason-elsewhere }
reason-auth-anonymous_off-openshift = { reason-openshift }
reason-auth-anonymous_off-arguments = { reason-arguments }
reason-auth-anonymous_off-file = A file on the nodes (--authentication-config) may limit requests without a login to single paths. It cannot be read from outside; show it.

## auth.no_static_token_file

check-auth-no_static_token_file-title = No passwords or tokens in a file
check-auth-no_static_token_file-rule = The API server has no file with tokens or passwords.
check-auth-no_static_token_file-rationale = They have no end, and can be withdrawn only by a restart; whoever reads the file is in.
check-auth-no_static_token_file-remedy = Remove the file, and give everybody in it a login of their own.
fault-auth-no_static_token_file-set = The API server accepts tokens or passwords from a file: { $flags }.
reason-auth-no_static_token_file-forbidden = { reason-forbidden }
reason-auth-no_static_token_file-absent = { reason-absent }
reason-auth-no_static_token_file-unread = { reason-unread }
fault-auth-no_static_token_file-mixed = { fault-mixed }
reason-auth-no_static_token_file-managed = { reason-managed }
reason-auth-no_static_token_file-in_process = { reason-in_process }
reason-auth-no_static_token_file-elsewhere = { reason-elsewhere }
reason-auth-no_static_token_file-openshift = { reason-openshift }
reason-auth-no_static_token_file-arguments = { reason-arguments }

## authz.rbac_node_mode

check-authz-rbac_node_mode-title = Roles decide who may do what
check-authz-rbac_node_mode-rule = The API server decides by roles (RBAC), limits nodes to what runs on them (Node), and never allows everything.
check-authz-rbac_node_mode-rationale = Otherwise everybody who is let in may do everything.
check-authz-rbac_node_mode-remedy = Set the authorisation mode to Node,RBAC on every API server.
fault-authz-rbac_node_mode-unset = No authorisation mode is set, so everything is allowed.
fault-authz-rbac_node_mode-always_allow = The mode AlwaysAllow is set: everything is allowed.
fault-authz-rbac_node_mode-no_rbac = Roles do not count: the modes are { $modes }.
fault-authz-rbac_node_mode-no_node = Nodes are not limited to what runs on them: the modes are { $modes }.
reason-authz-rbac_node_mode-forbidden = { reason-forbidden }
reason-authz-rbac_node_mode-absent = { reason-absent }
reason-authz-rbac_node_mode-unread = { reason-unread }
fault-authz-rbac_node_mode-mixed = { fault-mixed }
reason-authz-rbac_node_mode-managed = { reason-managed }
reason-authz-rbac_node_mode-in_process = { reason-in_process }
reason-authz-rbac_node_mode-elsewhere = { reason-elsewhere }
reason-authz-rbac_node_mode-openshift = { reason-openshift }
reason-authz-rbac_node_mode-arguments = { reason-arguments }
reason-authz-rbac_node_mode-file = Who decides is set up in a file on the nodes (--authorization-config), which cannot be read from outside. Show it.

## authn.kubelet_anonymous_off

check-authn-kubelet_anonymous_off-title = Nodes are told to answer nobody they do not know
check-authn-kubelet_anonymous_off-rule = The settings that kubeadm gives to every node, or the flags that K3s and RKE2 were given on each, refuse strangers, ask the API server what others may do, and open no port without login. A flag on a single node may still say otherwise; the CIS benchmark looks there.
check-authn-kubelet_anonymous_off-rationale = Whoever reaches the kubelet of a node can otherwise run commands in all that runs there.
check-authn-kubelet_anonymous_off-remedy = Correct the ConfigMap, and let every node take it over.
fault-authn-kubelet_anonymous_off-anonymous = Nodes are told to answer requests without a login.
fault-authn-kubelet_anonymous_off-always_allow = Nodes are told to allow everything to whoever logs in.
fault-authn-kubelet_anonymous_off-read_only_port = Nodes are told to answer everybody on port { $port }.
reason-authn-kubelet_anonymous_off-forbidden = { reason-forbidden }
reason-authn-kubelet_anonymous_off-absent = { reason-absent }
reason-authn-kubelet_anonymous_off-unread = { reason-unread }
reason-authn-kubelet_anonymous_off-no_config = The cluster holds no shared settings for nodes (ConfigMap kube-system/kubelet-config, from Kubernetes 1.24). Show the result of a CIS benchmark, or the evidence of your provider.
reason-authn-kubelet_anonymous_off-no_flags = K3s and RKE2 let in no stranger by themselves, but files on a node may say otherwise, and not all of its flags (anonymous-auth, authorization-mode, read-only-port) are among the arguments that can be seen: { $nodes }. Set them with “kubelet-arg”, or show the result of a CIS benchmark.
reason-authn-kubelet_anonymous_off-flags = Read from the annotation k3s.io/node-args or rke2.io/node-args of each node. A flag counts more than a file.

## log.audit_policy

check-log-audit_policy-title = It is set what the audit log records
check-log-audit_policy-rule = Every API server has an audit policy.
check-log-audit_policy-rationale = Without one nothing is recorded, and nobody can say afterwards who did what.
check-log-audit_policy-remedy = Write an audit policy, and name it on every API server.
fault-log-audit_policy-none = The API server has no audit policy, so it records nothing.
reason-log-audit_policy-forbidden = { reason-forbidden }
reason-log-audit_policy-absent = { reason-absent }
reason-log-audit_policy-unread = { reason-unread }
fault-log-audit_policy-mixed = { fault-mixed }
reason-log-audit_policy-managed = { reason-managed }
reason-log-audit_policy-in_process = { reason-in_process }
reason-log-audit_policy-elsewhere = { reason-elsewhere }
reason-log-audit_policy-openshift = { reason-openshift }
reason-log-audit_policy-arguments = { reason-arguments }
fault-log-audit_policy-nothing = OpenShift is told to record nothing: the audit profile of its APIServer “cluster” is “None”.
reason-log-audit_policy-excepted = OpenShift records by the profile “{ $profile }”, but nothing that members of these groups do: { $groups }. Show why.
reason-log-audit_policy-profile = OpenShift records by the profile “{ $profile }”, read from its APIServer “cluster”.

## log.audit_policy_content

check-log-audit_policy_content-title = The audit log records what it must, and no secrets
check-log-audit_policy_content-rule = The audit policy that is attached records who runs commands in pods, reads or changes Secrets, and changes rights; and it records no body of Secrets, ConfigMaps and tokens. That the API servers use just that policy is not read.
check-log-audit_policy_content-rationale = What is not recorded cannot be found out afterwards, and a log that holds secrets gives them to everybody who reads it.
check-log-audit_policy_content-remedy = Correct the audit policy on every control node, and attach it as a ConfigMap that the cluster’s policy names (audit_policy).
fault-log-audit_policy_content-unrecorded = The audit policy does not record these requests: { $verbs }.
fault-log-audit_policy_content-bodies = The audit policy records the bodies of these requests, which hold credentials or may: { $verbs }.
reason-log-audit_policy_content-forbidden = { reason-forbidden }
reason-log-audit_policy_content-absent = { reason-absent }
reason-log-audit_policy_content-unread = { reason-unread }
reason-log-audit_policy_content-unattached = The audit policy is a file of the control nodes, which cannot be seen from the cluster. Attach it as a ConfigMap that the cluster’s policy names (audit_policy), or show it.
reason-log-audit_policy_content-no_policy = There is no audit policy that could be judged in the ConfigMap { $config }.
reason-log-audit_policy_content-attached = The audit policy in { $config } is in order. That the API servers use just that has not been measured, and a person must show it.
reason-log-audit_policy_content-partly = The audit policy in { $config } leaves out some users, namespaces or names of: { $resources }. A person must judge whether that is right, and show that the API servers use it.

## log.audit_backend

check-log-audit_backend-title = The audit log has a place to go
check-log-audit_backend-rule = Every API server is given a file or a receiver for its audit log. Whether anything is recorded is for the check of the audit policy to say.
check-log-audit_backend-rationale = A policy without a place to write to records nothing.
check-log-audit_backend-remedy = Name a file or a receiver on every API server.
fault-log-audit_backend-none = The API server writes its audit log nowhere.
reason-log-audit_backend-forbidden = { reason-forbidden }
reason-log-audit_backend-absent = { reason-absent }
reason-log-audit_backend-unread = { reason-unread }
fault-log-audit_backend-mixed = { fault-mixed }
reason-log-audit_backend-managed = { reason-managed }
reason-log-audit_backend-in_process = { reason-in_process }
reason-log-audit_backend-elsewhere = { reason-elsewhere }
reason-log-audit_backend-openshift = { reason-openshift }
reason-log-audit_backend-arguments = { reason-arguments }

## log.audit_rotation

check-log-audit_rotation-title = The audit log outlives a pause of its collection
check-log-audit_rotation-rule = The files on the node are kept for at least as many days, in as many files and of such a size, as policy asks.
check-log-audit_rotation-rationale = While the collector of logs is down, the only copy is on the node; what is deleted there is lost.
check-log-audit_rotation-remedy = Keep more on the node, or lower what policy asks.
fault-log-audit_rotation-short = Less is kept on the node than policy asks: { $settings }.
reason-log-audit_rotation-forbidden = { reason-forbidden }
reason-log-audit_rotation-absent = { reason-absent }
reason-log-audit_rotation-unread = { reason-unread }
fault-log-audit_rotation-mixed = { fault-mixed }
reason-log-audit_rotation-managed = { reason-managed }
reason-log-audit_rotation-in_process = { reason-in_process }
reason-log-audit_rotation-elsewhere = { reason-elsewhere }
reason-log-audit_rotation-openshift = { reason-openshift }
reason-log-audit_rotation-arguments = { reason-arguments }
reason-log-audit_rotation-unset = Neither an age nor a number of files is set. What is kept depends on the version’s default; show that it is enough, and that the disk is.
reason-log-audit_rotation-stdout = The audit log goes to the container’s output, which the node keeps for a short while only. Show that it is collected without gaps.
reason-log-audit_rotation-no_file = There is no audit log on the node to keep.

## enc.secrets_at_rest

check-enc-secrets_at_rest-title = Secrets are stored encrypted
check-enc-secrets_at_rest-rule = Every API server is told to encrypt Secrets before it stores them. Which method comes first is in a file that cannot be read from outside; a person must show it. OpenShift’s operator says itself whether all of them are encrypted.
check-enc-secrets_at_rest-rationale = Otherwise whoever gets a disk or backup of the database reads every password.
check-enc-secrets_at_rest-remedy = Set up encryption, and write every Secret anew. OpenShift does both where spec.encryption.type of its APIServer “cluster” is set; the servers of K3s take “secrets-encryption”.
fault-enc-secrets_at_rest-none = The API server stores Secrets unencrypted.
reason-enc-secrets_at_rest-forbidden = { reason-forbidden }
reason-enc-secrets_at_rest-absent = { reason-absent }
reason-enc-secrets_at_rest-unread = { reason-unread }
fault-enc-secrets_at_rest-mixed = { fault-mixed }
reason-enc-secrets_at_rest-managed = { reason-managed }
reason-enc-secrets_at_rest-in_process = { reason-in_process }
reason-enc-secrets_at_rest-elsewhere = { reason-elsewhere }
reason-enc-secrets_at_rest-openshift = { reason-openshift }
reason-enc-secrets_at_rest-arguments = { reason-arguments }
fault-enc-secrets_at_rest-identity = OpenShift is not told to encrypt what it stores: spec.encryption.type of its APIServer “cluster” is empty or “identity”.
fault-enc-secrets_at_rest-unfinished = OpenShift is told to encrypt what it stores ({ $type }), and its operator says that not everything is: { $why }.
reason-enc-secrets_at_rest-generated = K3s or RKE2 writes by itself how Secrets are encrypted, as a rule with a real method first. Somebody may have turned it off with “secrets-encrypt disable”, or never on in a cluster that was made without it; that cannot be seen from outside. Show what “k3s secrets-encrypt status” or “rke2 secrets-encrypt status” says on a server.
reason-enc-secrets_at_rest-encrypted = OpenShift is told to encrypt what it stores ({ $type }), and its operator says that all of it is (condition “Encrypted”).
reason-enc-secrets_at_rest-unconfirmed = OpenShift is told to encrypt what it stores ({ $type }). Its operator does not say whether it is (condition “Encrypted” of the KubeAPIServer “cluster”). Show it.
reason-enc-secrets_at_rest-undeclared = OpenShift is not told to encrypt what it stores, and its operator says that it is encrypted all the same. Show which method is in force.
reason-enc-secrets_at_rest-content = A file says how Secrets are encrypted. It cannot be read from outside, and may say “not at all”. Show that a real method comes first, and that old Secrets were written anew.

## enc.etcd_tls

check-enc-etcd_tls-title = The database of the cluster is reached with certificates on both sides
check-enc-etcd_tls-rule = API servers and the members of etcd encrypt what they send each other, and each shows a certificate.
check-enc-etcd_tls-rationale = Everything that the cluster knows passes here; whoever reaches an open etcd owns the cluster.
check-enc-etcd_tls-remedy = Set certificates on the API servers and on etcd.
fault-enc-etcd_tls-plain = The API server talks to its database unencrypted.
fault-enc-etcd_tls-no_certificate = The API server talks to its database without all of its certificates; missing are { $flags }.
fault-enc-etcd_tls-weak_member = The database listens unencrypted, accepts who shows no certificate, or makes certificates up itself: { $flags }.
reason-enc-etcd_tls-forbidden = { reason-forbidden }
reason-enc-etcd_tls-absent = { reason-absent }
reason-enc-etcd_tls-unread = { reason-unread }
fault-enc-etcd_tls-mixed = { fault-mixed }
reason-enc-etcd_tls-managed = { reason-managed }
reason-enc-etcd_tls-in_process = { reason-in_process }
reason-enc-etcd_tls-elsewhere = { reason-elsewhere }
reason-enc-etcd_tls-openshift = { reason-openshift }
reason-enc-etcd_tls-arguments = { reason-arguments }
reason-enc-etcd_tls-other_store = The API server stores in something that is not reached over HTTPS, as a socket of the node. Show how it is protected.
reason-enc-etcd_tls-member_file = The database has its settings in a file or in variables, which cannot be read from outside. Show them.
reason-enc-etcd_tls-external = The API server shows its certificate, and the database does not run as a pod. Show that it asks for certificates.

## enc.apiserver_tls

check-enc-apiserver_tls-title = The API server speaks no outdated encryption
check-enc-apiserver_tls-rule = Every API server asks for TLS 1.2 at least, which is the default, and offers no cipher that is known to be weak. The default ciphers are good since Kubernetes 1.32.
check-enc-apiserver_tls-rationale = What is sent with broken encryption can be read and changed on the way.
check-enc-apiserver_tls-remedy = Remove the old version and the weak ciphers.
fault-enc-apiserver_tls-old = The API server still speaks { $version }.
fault-enc-apiserver_tls-weak = The API server offers weak ciphers: { $ciphers }.
reason-enc-apiserver_tls-forbidden = { reason-forbidden }
reason-enc-apiserver_tls-absent = { reason-absent }
reason-enc-apiserver_tls-unread = { reason-unread }
reason-enc-apiserver_tls-default = No ciphers are set, and the default of this version of Kubernetes may still offer weak ones. Set them, or show what is offered.
fault-enc-apiserver_tls-mixed = { fault-mixed }
reason-enc-apiserver_tls-managed = { reason-managed }
reason-enc-apiserver_tls-in_process = { reason-in_process }
reason-enc-apiserver_tls-elsewhere = { reason-elsewhere }
reason-enc-apiserver_tls-openshift = { reason-openshift }
reason-enc-apiserver_tls-arguments = { reason-arguments }
