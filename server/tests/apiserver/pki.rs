//! Certificates and keys of one run, written to its folder.

use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use std::path::{Path, PathBuf};

/// What was written.
pub(crate) struct Pki {
    folder: PathBuf,
}

impl Pki {
    /// Makes an authority, the server's certificate, those of an administrator and of a stranger, and a signing key.
    pub(crate) fn make(folder: &Path) -> Result<Self> {
        let pki = Self { folder: folder.to_owned() };
        let authority = pki.authority("ca")?;
        let stranger = pki.authority("other-ca")?;
        let names = ["127.0.0.1".to_owned(), "localhost".to_owned(), "10.0.0.1".to_owned(), "kubernetes".to_owned()];
        pki.issue(&authority, "server", "kube-apiserver", None, &names, ExtendedKeyUsagePurpose::ServerAuth)?;
        let client = ExtendedKeyUsagePurpose::ClientAuth;
        pki.issue(&authority, "admin", "admin", Some("system:masters"), &[], client.clone())?;
        pki.issue(&stranger, "stranger", "admin", Some("system:masters"), &[], client)?;
        let signing = KeyPair::generate()?;
        pki.write("sa.key", &signing.serialize_pem())?;
        pki.write("sa.pub", &signing.public_key_pem())?;
        Ok(pki)
    }

    /// The path of a file.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The text of a file.
    pub(crate) fn text(&self, name: &str) -> Result<String> {
        Ok(std::fs::read_to_string(self.path(name))?)
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        Ok(std::fs::write(self.path(name), text)?)
    }

    fn authority(&self, name: &str) -> Result<Issuer<'static, KeyPair>> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate()?;
        self.write(&format!("{name}.crt"), &params.self_signed(&key)?.pem())?;
        Ok(Issuer::new(params, key))
    }

    fn issue(
        &self,
        issuer: &Issuer<'_, KeyPair>,
        file: &str,
        name: &str,
        group: Option<&str>,
        hosts: &[String],
        usage: ExtendedKeyUsagePurpose,
    ) -> Result<()> {
        let mut params = CertificateParams::new(hosts)?;
        params.distinguished_name.push(DnType::CommonName, name);
        if let Some(group) = group {
            params.distinguished_name.push(DnType::OrganizationName, group);
        }
        params.extended_key_usages = vec![usage];
        let key = KeyPair::generate()?;
        self.write(&format!("{file}.crt"), &params.signed_by(&key, issuer)?.pem())?;
        self.write(&format!("{file}.key"), &key.serialize_pem())
    }
}
