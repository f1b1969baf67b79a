// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/accesscommand.h"

#include "app/backend/accesskeys.h"
#include "app/backend/persontokens.h"
#include "app/backend/servicetokens.h"

namespace vitrine::cli {

using namespace Qt::StringLiterals;

AccessCommand::AccessCommand(const Output& output, AccessArguments arguments, QString defaultData)
    : Command(output)
    , m_arguments(std::move(arguments))
    , m_data(m_arguments.data.isEmpty() ? std::move(defaultData) : m_arguments.data)
{}

void AccessCommand::run()
{
    const auto done = act();
    if (!done)
        output().complain(m_arguments.subject.isEmpty() ? m_data : m_arguments.subject,
                          done.error());
    Q_EMIT finished(done ? kAllDone : kSomeFailed);
}

Result<void> AccessCommand::act() const
{
    switch (m_arguments.action) {
    case AccessArguments::Action::Create:
        return create();
    case AccessArguments::Action::List:
        return list();
    case AccessArguments::Action::Revoke:
        return revoke();
    case AccessArguments::Action::NewKey:
        return exchangeKey();
    case AccessArguments::Action::Token:
        break;
    }
    return issueToken();
}

// The one moment at which the secret can be seen: only its hash is kept.
Result<void> AccessCommand::create() const
{
    const auto token =
        backend::issueServiceToken(m_data, m_arguments.subject, backend::TokenLife::Kept);
    if (!token)
        return failure(token.error());
    const QString secret = QString::fromLatin1(token->clientSecret.reveal());
    output().print(
        {{u"name"_s, m_arguments.subject},
         {u"clientId"_s, token->clientId},
         {u"clientSecret"_s, secret}},
        tr("CF-Access-Client-Id: %1\nCF-Access-Client-Secret: %2").arg(token->clientId, secret));
    output().note(tr("Keep the secret now. It cannot be shown again."));
    return {};
}

Result<void> AccessCommand::list() const
{
    const auto tokens = backend::listServiceTokens(m_data);
    if (!tokens)
        return failure(tokens.error());
    for (const backend::ServiceTokenInfo& token : *tokens) {
        const QString created = token.created.toString(Qt::ISODate);
        output().print({{u"clientId"_s, token.clientId},
                        {u"name"_s, token.name},
                        {u"created"_s, created},
                        {u"untilRestart"_s, token.life == backend::TokenLife::ThisRun}},
                       tr("%1  %2  %3").arg(token.clientId, created, token.name));
    }
    return {};
}

Result<void> AccessCommand::revoke() const
{
    if (auto revoked = backend::revokeServiceToken(m_data, m_arguments.subject); !revoked)
        return revoked;
    output().print({{u"clientId"_s, m_arguments.subject}, {u"revoked"_s, true}},
                   tr("%1 is revoked.").arg(m_arguments.subject));
    return {};
}

Result<void> AccessCommand::issueToken() const
{
    const auto token = backend::issuePersonToken(m_data, m_arguments.subject, m_arguments.life);
    if (!token)
        return failure(token.error());
    const QString text = QString::fromLatin1(token->reveal());
    output().print({{u"email"_s, m_arguments.subject}, {u"token"_s, text}}, text);
    return {};
}

Result<void> AccessCommand::exchangeKey() const
{
    const auto done = backend::exchangeAccessKey(m_data, m_arguments.life);
    if (!done)
        return failure(done.error());
    const QString until = done->acceptedUntil.toString(Qt::ISODate);
    output().print({{u"keyId"_s, done->id}, {u"oldAcceptedUntil"_s, until}},
                   tr("Key %1 signs from now on. What was signed before is good until %2 at most.")
                       .arg(done->id, until));
    return {};
}

} // namespace vitrine::cli
