// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/answers.h"

#include "app/base/log.h"
#include "app/protocol/problem.h"

#include <QJsonDocument>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

http::Response uncached(int status, const char* type, QByteArray body)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", type);
    response.headers.add("Cache-Control", "private, no-store");
    response.body = std::move(body);
    return response;
}

QByteArray compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

http::Response internalProblem(const Error& error)
{
    qCWarning(logBackend) << "a request failed:" << int(error.kind) << error.detail;
    return problemAnswer(500, u"Something went wrong inside the server."_s);
}

} // namespace

http::Response jsonAnswer(const QJsonObject& object, int status)
{
    return uncached(status, "application/json", compact(object));
}

http::Response jsonTextAnswer(QByteArray text)
{
    return uncached(200, "application/json", std::move(text));
}

http::Response trueAnswer()
{
    return uncached(200, "application/json", "true");
}

http::Response problemAnswer(int status, const QString& detail)
{
    const protocol::Problem problem{status, QString::fromLatin1(http::reasonPhrase(status)),
                                    detail};
    return uncached(status, "application/problem+json", compact(protocol::toJson(problem)));
}

http::Response problemAnswer(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::InvalidInput:
        return problemAnswer(400, error.detail);
    case ErrorKind::NotFound:
        return problemAnswer(404, u"There is no such image."_s);
    case ErrorKind::EmptyFile:
        return problemAnswer(422, u"The file is empty."_s);
    case ErrorKind::NotAnImage:
        return problemAnswer(422, u"The file is not an image."_s);
    case ErrorKind::UnsupportedImage:
        return problemAnswer(422, u"Images of this kind are not supported."_s);
    case ErrorKind::DamagedImage:
        return problemAnswer(422, u"The image is damaged."_s);
    case ErrorKind::TooManyPixels:
        return problemAnswer(422, u"The image has too many pixels."_s);
    case ErrorKind::SideTooLong:
        return problemAnswer(422, u"The image is too wide or too high."_s);
    case ErrorKind::TooManyFrames:
        return problemAnswer(422, u"The animation has too many frames."_s);
    case ErrorKind::TooCompressed:
    case ErrorKind::DecoderCrashed:
    case ErrorKind::DecoderTooSlow:
    case ErrorKind::MemoryExhausted:
        return problemAnswer(422, u"The image cannot be read safely."_s);
    case ErrorKind::DecoderMissing:
    case ErrorKind::SandboxRefused:
        return problemAnswer(503, u"The server cannot read images at the moment."_s);
    case ErrorKind::TooLarge:
        return problemAnswer(413, u"The file is too large."_s);
    case ErrorKind::DiskFull:
        return problemAnswer(507, u"The server's disk is full."_s);
    case ErrorKind::Busy:
        return problemAnswer(503, u"The server is busy. Try again."_s);
    default:
        return internalProblem(error);
    }
}

// Without Retry-After, which many clients take for the whole server.
http::Response notYetAnswer()
{
    return problemAnswer(503, u"This picture is not ready yet. Try again."_s);
}

http::Response accessDenied()
{
    return uncached(403, "text/plain; charset=utf-8", "Access denied.");
}

http::Response accessUnknown(const Error& error)
{
    qCWarning(logBackend) << "access could not be looked up:" << int(error.kind) << error.detail;
    return problemAnswer(503, u"The server cannot tell at the moment who may use it. Try again."_s);
}

} // namespace vitrine::backend
