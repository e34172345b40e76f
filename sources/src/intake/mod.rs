//! What other tools push: read with care, since anybody who holds the token may send anything.
//!
//! Pure. A payload that is no such thing is refused as a whole, with the place and the reason. Of one that is partly
//! good, the good parts are taken and the others are named: nothing is closed on the word of such a batch.

pub mod external;
pub mod kube_bench;
pub mod ocsf;
pub mod sarif;
pub mod trivy;
