// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountname.h"

#include <QCoreApplication>

namespace vitrine::ui {

QString accountName(const session::Account& account)
{
    return account.isLocal() ? QCoreApplication::translate("accountName", "This computer")
                             : account.name;
}

} // namespace vitrine::ui
