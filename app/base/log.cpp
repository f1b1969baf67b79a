// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/log.h"

#include <QRegularExpression>

#include <cstdio>

namespace vitrine {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(logApi, "vitrine.api", QtInfoMsg)
Q_LOGGING_CATEGORY(logAccess, "vitrine.access", QtInfoMsg)
Q_LOGGING_CATEGORY(logBackend, "vitrine.backend", QtInfoMsg)
Q_LOGGING_CATEGORY(logDecoding, "vitrine.decoding", QtInfoMsg)
Q_LOGGING_CATEGORY(logGallery, "vitrine.gallery", QtInfoMsg)
Q_LOGGING_CATEGORY(logTransfer, "vitrine.transfer", QtInfoMsg)

namespace {

void printRedacted(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const QByteArray line = redacted(qFormatLogMessage(type, context, message)).toLocal8Bit();
    std::fprintf(stderr, "%s\n", line.constData());
}

} // namespace

QString redacted(const QUrl& url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QString redacted(const QString& text)
{
    // JSON Web Tokens, whole or cut; query parameters that sign or carry tokens; Access headers.
    static const QRegularExpression secret(
        u"eyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*){0,2}"
        u"|(?<=sig=|exp=|token=|code=|verifier=)[^&\\s\"']+"
        u"|(?<=secret: |secret=|secret\": \"|secret\":\"|token\": \"|token\":\"|bearer )[^\\s\"',;]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    QString result = text;
    return result.replace(secret, u"***"_s);
}

void installRedactingLog()
{
    qInstallMessageHandler(printRedacted);
}

} // namespace vitrine
