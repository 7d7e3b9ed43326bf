//! What people do with families and packagings.

pub mod install_defaults;
