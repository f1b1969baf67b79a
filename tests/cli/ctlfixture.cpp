// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctlfixture.h"

namespace vitrine::test {

using namespace Qt::StringLiterals;

QString CtlFixture::uploaded(int seed) const
{
    const QString path = file(u"picture-%1.jpg"_s.arg(seed), jpeg(picture({300, 200}, seed)));
    return run({u"--json"_s, u"upload"_s, path}).lines.value(0)["id"_L1].toString();
}

} // namespace vitrine::test
