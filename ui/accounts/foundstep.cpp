// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/foundstep.h"

#include "app/session/foundwords.h"

#include <QHostAddress>
#include <QLineEdit>
#include <QPushButton>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using session::Found;

namespace {

constexpr int kLongestName = 64;

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
    setWords(url.host(), session::wordsFor(found));
    m_name->setText(nameFor(url));
    m_name->selectAll();
    m_guest->setVisible(!found.isClosed());
    tell({});
}

} // namespace vitrine::ui
