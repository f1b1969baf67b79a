// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/foundwords.h"

#include <QCoreApplication>

namespace vitrine::session {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Found)
};

QString closedWords(const Found& found)
{
    if (found.isSure)
        return Words::tr("A gallery that shows nothing to guests. Sign in to see it.");
    return Words::tr("Nothing but web pages: a gallery that shows nothing to guests, or a web site "
                     "of another kind. Check the address; if it is a gallery, sign in to see it.");
}

} // namespace

QString wordsFor(const Found& found)
{
    if (found.isClosed())
        return closedWords(found);
    switch (*found.dialect) {
    case Dialect::Vitrine:
        return Words::tr("A Vitrine gallery. Guests look and download; to share, sign in.");
    case Dialect::Reference:
        return Words::tr("A gallery of the image platform. Guests look and download; to share, "
                         "sign in. What was shared there cannot be changed.");
    case Dialect::Article:
        return Words::tr("A gallery of an early version of the image platform. Guests look and "
                         "download; to share and delete, sign in.");
    }
    return {};
}

} // namespace vitrine::session
