//! The program as a user meets it: arguments in; files, messages and exit codes out.

mod case;
mod errors;
mod help;
mod run;
mod schema;
mod stages;
