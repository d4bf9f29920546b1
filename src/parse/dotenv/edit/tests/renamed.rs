//! Names that are replaced.

use super::{ALL, V5, check, rename};

#[test]
fn only_the_name_changes() {
    check(&[
        ("CACHE_DRIVER=file\n", rename("CACHE_DRIVER", "CACHE_STORE"), "CACHE_STORE=file\n", ALL),
        (
            "A=1\r\nCACHE_DRIVER = \"a b\" # x\r\n",
            rename("CACHE_DRIVER", "CACHE_STORE"),
            "A=1\r\nCACHE_STORE = \"a b\" # x\r\n",
            ALL,
        ),
        ("export 'OLD_A'=1", rename("OLD_A", "B"), "export 'B'=1", ALL),
        ("export\tOLD_A=1", rename("OLD_A", "NEW_A"), "export\tNEW_A=1", V5),
        ("\u{feff}OLD=1\rB=2\r", rename("OLD", "NEW"), "\u{feff}NEW=1\rB=2\r", ("5.4", "6")),
        ("OLD=\"x\ny\"\nB=2\n", rename("OLD", "NEW"), "NEW=\"x\ny\"\nB=2\n", ("3", "6")),
        ("OLD\nB=2\n", rename("OLD", "NEW"), "NEW\nB=2\n", ("3.6.1", "4")),
        ("A=1\nOLD=${A}\n", rename("OLD", "NEW"), "A=1\nNEW=${A}\n", ALL),
        ("# OLD=2\n#NEW=3\nOLD=1\n", rename("OLD", "NEW"), "# OLD=2\n#NEW=3\nNEW=1\n", ALL),
        ("A='${OLD}'\nOLD=1\n", rename("OLD", "NEW"), "A='${OLD}'\nNEW=1\n", ALL),
    ]);
}
