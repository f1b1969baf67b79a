// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/statusmapping.h"

#include "app/base/log.h"
#include "app/protocol/problem.h"

#include <QJsonDocument>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <chrono>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxSentence = 300;
constexpr qint64 kMaxWaitSeconds = 24 * 3600;
constexpr char kAccessDenied[] = "Access denied.";

bool leadsToSignIn(const Answer& answer)
{
    const QUrl target =
        answer.url.resolved(QUrl::fromEncoded(answer.header("Location"), QUrl::TolerantMode));
    return isAccessHost(target.host()) || target.path().startsWith("/cdn-cgi/access/login"_L1);
}

bool isJson(const Answer& answer)
{
    const QByteArray type = answer.mediaType();
    return type.isEmpty() || type == "application/json" || type.endsWith("+json");
}

// What the server says for people: a member of its JSON, or the first line of its plain text.
QString sentenceOf(const Answer& answer)
{
    QString text;
    if (isJson(answer))
        text = protocol::problemSentence(QJsonDocument::fromJson(answer.body).object());
    else if (answer.mediaType() == "text/plain")
        text = QString::fromUtf8(answer.body.left(4 * kMaxSentence)).section(u'\n', 0, 0);
    return redacted(text.simplified().left(kMaxSentence));
}

std::optional<std::chrono::milliseconds> retryAfter(const Answer& answer)
{
    const QByteArray value = answer.header("Retry-After").trimmed();
    bool isNumber = false;
    qint64 seconds = value.toLongLong(&isNumber);
    if (!isNumber) {
        const QDateTime date = httpDate(value);
        if (!date.isValid())
            return {};
        seconds = answer.received.secsTo(date);
    }
    return std::chrono::seconds(std::clamp<qint64>(seconds, 0, kMaxWaitSeconds));
}

ErrorKind kindOf(int status)
{
    switch (status) {
    case 403:
    case 401: // a server that is not ours: it never gets our credential
        return ErrorKind::Forbidden;
    case 404:
    case 410:
        return ErrorKind::NotFound;
    case 405:
    case 501:
        return ErrorKind::Unsupported;
    case 408:
        return ErrorKind::TimedOut;
    case 409:
    case 412:
        return ErrorKind::Conflict;
    case 413:
        return ErrorKind::TooLarge;
    case 429:
        return ErrorKind::RateLimited;
    default:
        break;
    }
    if (status >= 500 && status < 600)
        return ErrorKind::Unavailable;
    return status >= 400 && status < 500 ? ErrorKind::Rejected : ErrorKind::BadAnswer;
}

} // namespace

bool isAccessHost(const QString& host)
{
    return host == "cloudflareaccess.com"_L1 || host.endsWith(".cloudflareaccess.com"_L1);
}

QDateTime httpDate(const QByteArray& value)
{
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(value), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (date.isValid())
        date.setTimeZone(QTimeZone::utc());
    return date;
}

bool wantsSignIn(const Answer& answer)
{
    if (answer.isRedirect())
        return leadsToSignIn(answer);
    if (!answer.isOwnOrigin)
        return isAccessHost(answer.url.host());
    if (answer.status == 401 || (answer.status == 200 && answer.isHtml()))
        return true;
    return answer.status == 403 &&
           (!answer.header("Cf-Access-Error").isEmpty() || answer.body.trimmed() == kAccessDenied ||
            sentenceOf(answer) == QLatin1StringView(kAccessDenied));
}

std::optional<Error> refusal(const Answer& answer)
{
    if (wantsSignIn(answer))
        return Error{ErrorKind::SignInRequired, u"Access says no"_s, {}, causeOf(answer)};
    if (answer.status >= 200 && answer.status < 300)
        return {};
    const QString sentence = sentenceOf(answer);
    const QString detail = sentence.isEmpty() ? u"HTTP %1"_s.arg(answer.status) : sentence;
    return Error{kindOf(answer.status), detail, retryAfter(answer), causeOf(answer)};
}

Result<QJsonObject> jsonObject(const Answer& answer)
{
    if (auto refused = refusal(answer))
        return failure(*std::move(refused));
    if (!isJson(answer))
        return failure(Error{ErrorKind::BadAnswer,
                             u"not JSON but "_s + QString::fromLatin1(answer.mediaType()),
                             {},
                             causeOf(answer)});
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(answer.body, &problem);
    if (!document.isObject()) {
        const QString why = problem.error == QJsonParseError::NoError ? u"not a JSON object"_s
                                                                      : problem.errorString();
        return failure(ErrorKind::BadAnswer, why);
    }
    const QString sentence = protocol::problemSentence(document.object());
    if (!sentence.isEmpty())
        return failure(ErrorKind::Unavailable, redacted(sentence.simplified().left(kMaxSentence)));
    return document.object();
}

Result<void> plainTrue(const Answer& answer)
{
    if (!refusal(answer) && isJson(answer) && answer.body.trimmed() == "true")
        return {};
    if (const auto object = jsonObject(answer); !object)
        return failure(object.error());
    return failure(ErrorKind::BadAnswer, u"not the word true"_s);
}

} // namespace vitrine::api
