// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/signinstep.h"

#include "app/base/messages.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace vitrine::ui {

using access::Credential;
using access::Secret;

namespace {

// A person's token has some 1 to 8 kB; QLineEdit's own limit is 32767 characters.
constexpr int kLongestSecret = 16 * 1024;

QLineEdit* secretField(const QString& name)
{
    auto* field = new QLineEdit;
    field->setEchoMode(QLineEdit::Password);
    field->setMaxLength(kLongestSecret);
    field->setAccessibleName(name);
    return field;
}

Secret secretIn(const QLineEdit& field)
{
    return Secret(field.text().trimmed().toUtf8());
}

} // namespace

SignInStep::SignInStep(QWidget* parent)
    : AssistantStep(parent)
    , m_isService(new QRadioButton(tr("With a service token")))
    , m_isPerson(new QRadioButton(tr("With a token of mine")))
    , m_clientId(new QLineEdit)
    , m_clientSecret(secretField(tr("Secret")))
    , m_token(secretField(tr("Token")))
    , m_service(buildServiceToken())
    , m_person(buildPersonToken())
{
    addWidget(*buildBrowser());
    addWidget(*m_isService);
    addWidget(*m_service);
    addWidget(*m_isPerson);
    addWidget(*m_person);
    setFocusProxy(m_clientId);
    connect(m_isService, &QRadioButton::toggled, this, [this](bool isService) {
        m_service->setVisible(isService);
        m_person->setVisible(!isService);
        QLineEdit* first = isService ? m_clientId : m_token;
        setFocusProxy(first);
        first->setFocus();
    });
    m_isService->setChecked(true);
    m_person->hide();
    m_later = addButton(tr("Later"));
    connect(m_later, &QPushButton::clicked, this,
            [this] { m_isVisiting ? Q_EMIT visitStopped() : Q_EMIT cancelled(); });
    connect(addLeadingButton(tr("Sign in"), tr("Signing in…")), &QPushButton::clicked, this,
            &SignInStep::giveCredential);
}

QWidget* SignInStep::buildServiceToken()
{
    auto* panel = new QWidget;
    auto* form = new QFormLayout(panel);
    form->setContentsMargins(spacing::Wide, spacing::Tight, 0, spacing::Small);
    form->addRow(tr("Client ID"), m_clientId);
    form->addRow(tr("Secret"), m_clientSecret);
    return panel;
}

QWidget* SignInStep::buildBrowser()
{
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, spacing::Small);
    auto* browser = new QPushButton(tr("Sign in in the browser…"));
    browser->setAutoDefault(false);
    connect(browser, &QPushButton::clicked, this, &SignInStep::browserChosen);
    layout->addWidget(browser);
    return panel;
}

QWidget* SignInStep::buildPersonToken()
{
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(spacing::Wide, spacing::Tight, 0, spacing::Small);
    auto* hint = new TextLabel(
        tr("Behind Cloudflare Access, “cloudflared access token” prints it for this address."));
    hint->setWordWrap(true);
    setStyleRole(*hint, "muted");
    layout->addWidget(m_token);
    layout->addWidget(hint);
    return panel;
}

void SignInStep::askFor(const session::Account& account)
{
    setWords(tr("Sign in to %1").arg(account.name),
             tr("In the browser, or with a token from whoever runs the gallery at %1. It is tried "
                "first, and then kept in the keyring alone.")
                 .arg(account.url.host()));
    AssistantStep::tell({});
}

void SignInStep::setVisiting(bool isVisiting)
{
    m_isVisiting = isVisiting;
    setBusy(isVisiting);
    m_later->setText(isVisiting ? tr("Stop") : tr("Later"));
}

void SignInStep::tell(const Error& error)
{
    const bool isToldElse = error.cause != Cause::Unknown && error.cause != Cause::NotAllowed;
    const bool isRefused = error.kind == ErrorKind::SignInRequired && !isToldElse;
    const QString sentence = m_isService->isChecked()
                                 ? tr("The gallery does not take them. Check both, and whether the "
                                      "token is still good.")
                                 : tr("The gallery does not take it. Get a new one; they last for "
                                      "some hours only.");
    AssistantStep::tell(isRefused ? sentence : messageFor(error));
}

void SignInStep::giveCredential()
{
    const bool isService = m_isService->isChecked();
    const Secret secret = secretIn(isService ? *m_clientSecret : *m_token);
    const QString id = m_clientId->text().trimmed();
    if (secret.isEmpty() || (isService && id.isEmpty()))
        return AssistantStep::tell(isService ? tr("Fill in both, the ID and the secret.")
                                             : tr("Paste the token first."));
    if (isService)
        Q_EMIT given(access::ServiceToken{id, secret});
    else
        Q_EMIT given(access::PersonToken{secret});
}

void SignInStep::hideEvent(QHideEvent* event)
{
    clear();
    AssistantStep::hideEvent(event);
}

void SignInStep::clear()
{
    for (QLineEdit* field : {m_clientId, m_clientSecret, m_token})
        field->clear();
}

} // namespace vitrine::ui
