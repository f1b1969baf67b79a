// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/identitywords.h"

#include <QCoreApplication>
#include <QLocale>

namespace vitrine::cli {
namespace {

struct IdentityWords {
    Q_DECLARE_TR_FUNCTIONS(Identity)
};

} // namespace

QString identityWords(const access::Identity& identity)
{
    if (identity.who.isEmpty())
        return IdentityWords::tr("You are signed in.");
    if (!identity.until.isValid())
        return IdentityWords::tr("You are signed in as %1.").arg(identity.who);
    const QString until = QLocale().toString(identity.until.toLocalTime(), QLocale::ShortFormat);
    return IdentityWords::tr("You are signed in as %1 until %2.").arg(identity.who, until);
}

} // namespace vitrine::cli
