//! Environment variables in their three written forms.

use super::output::{Value, plain};
use crate::yaml::Data;

/// A mapping as a list of one-key mappings, in its order; any other form as it is.
pub(super) fn as_list(environment: Value) -> Value {
    match environment.data {
        Data::Map(entries) => {
            let items = entries.into_iter().map(|(key, value)| {
                let mark = value.mark.clone();
                Value { data: Data::Map(vec![(key, value)]), mark }
            });
            Value { data: Data::List(items.collect()), mark: environment.mark }
        }
        _ => environment,
    }
}

/// Puts the variables of `own` into `inherited`: in place of those of the same name, else behind them. Not
/// yet seen from the real compiler: only that the job's value wins is documented.
pub(super) fn override_variables(inherited: &mut Value, own: Value) {
    if !matches!(inherited.data, Data::List(_)) {
        *inherited = plain(Data::List(Vec::new()));
    }
    let (Data::List(variables), Data::List(own)) = (&mut inherited.data, own.data) else { return };
    for variable in own {
        let name = name(&variable).map(str::to_owned);
        let same = |known: &Value| name.is_some() && self::name(known) == name.as_deref();
        match variables.iter().position(same) {
            Some(place) => variables[place] = variable,
            None => variables.push(variable),
        }
    }
}

/// The name in `{NAME: value}` or `NAME=value`.
fn name(variable: &Value) -> Option<&str> {
    match &variable.data {
        Data::Map(entries) => match entries.as_slice() {
            [(key, _)] => Some(&key.text),
            _ => None,
        },
        Data::String(text) => text.split_once('=').map(|(name, _)| name),
        _ => None,
    }
}
