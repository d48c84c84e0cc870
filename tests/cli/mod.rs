//! The program as a user meets it: arguments in; files, messages and exit codes out.

mod across;
pub(crate) mod case;
mod errors;
mod explain;
mod files;
mod gazetteer;
mod help;
mod outputs;
mod run;
mod schema;
mod stages;
