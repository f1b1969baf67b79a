// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/foundstep.h"

#include <QHostAddress>
#include <QLineEdit>
#include <QPushButton>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using session::Dialect;
using session::Found;

namespace {

constexpr int kLongestName = 64;

QString words(const Found& found)
{
    if (found.isClosed())
        return FoundStep::tr("A gallery that shows nothing to guests. Sign in to see it.");
    switch (*found.dialect) {
    case Dialect::Vitrine:
        return FoundStep::tr("A Vitrine gallery. Guests look and download; to share, sign in.");
    case Dialect::Reference:
        return FoundStep::tr("A gallery of the image platform. Guests look and download; to share, "
                             "sign in. What was shared there cannot be changed.");
    case Dialect::Article:
        return FoundStep::tr("A gallery of an early version of the image platform. Guests look and "
                             "download; to share and delete, sign in.");
    }
    return {};
}

/// "photos" of photos.example.org; of an address in numbers all of it.
QString nameFor(const QUrl& url)
{
    const bool isNumeric = !QHostAddress(url.host()).isNull();
    return (isNumeric ? url.host() : url.host().section(u'.', 0, 0)).left(kLongestName);
}

} // namespace

FoundStep::FoundStep(QWidget* parent) : AssistantStep(parent), m_name(new QLineEdit)
{
    m_name->setMaxLength(kLongestName);
    addField(tr("What to call it here"), *m_name);
    connect(addButton(tr("Back")), &QPushButton::clicked, this, &FoundStep::backRequested);
    m_guest = addButton(tr("Look as a guest"));
    connect(m_guest, &QPushButton::clicked, this,
            [this] { Q_EMIT guestChosen(m_name->text().trimmed()); });
    connect(addLeadingButton(tr("Sign in…"), tr("Adding…")), &QPushButton::clicked, this,
            [this] { Q_EMIT signInChosen(m_name->text().trimmed()); });
}

void FoundStep::describe(const QUrl& url, const Found& found)
{
    setWords(url.host(), words(found));
    m_name->setText(nameFor(url));
    m_name->selectAll();
    m_guest->setVisible(!found.isClosed());
    tell({});
}

} // namespace vitrine::ui
