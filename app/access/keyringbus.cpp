// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/keyringbus.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#include <QPromise>

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPatienceMs = 2000;

bool isSilence(const QDBusError& error)
{
    return error.type() == QDBusError::NoReply || error.type() == QDBusError::Timeout ||
           error.type() == QDBusError::TimedOut;
}

/// What the call gives; a value of \a Reply's default where it is refused. A service that has just
/// died is started again: its successor tells how things stand. Errors: TimedOut.
template <typename Reply>
QFuture<Result<Reply>> call(QObject* context, const QDBusMessage& message)
{
    const auto promise = std::make_shared<QPromise<Result<Reply>>>();
    promise->start();
    const auto pending = QDBusConnection::sessionBus().asyncCall(message, kPatienceMs);
    auto* watcher = new QDBusPendingCallWatcher(pending, context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, promise] {
        watcher->deleteLater();
        const QDBusPendingReply<Reply> reply(*watcher);
        if (isSilence(reply.error()))
            promise->addResult(failure(ErrorKind::TimedOut, u"the bus did not answer"_s));
        else
            promise->addResult(reply.isError() ? Reply() : reply.value());
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<QStringList>> namesOnBus(QObject* context, const QString& method)
{
    return call<QStringList>(context, QDBusMessage::createMethodCall(
                                          u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                          u"org.freedesktop.DBus"_s, method));
}

QDBusMessage secretsMethod(const QString& path, const QString& interface, const QString& method,
                           const QVariantList& arguments)
{
    auto message =
        QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
    message.setArguments(arguments);
    return message;
}

QDBusMessage kwallet5Method(const QString& method, const QVariantList& arguments)
{
    auto message = QDBusMessage::createMethodCall(u"org.kde.kwalletd5"_s, u"/modules/kwalletd5"_s,
                                                  u"org.kde.KWallet"_s, method);
    message.setArguments(arguments);
    return message;
}

KeyringServices servicesAmong(const QStringList& names)
{
    return {.hasSecretService = names.contains("org.freedesktop.secrets"_L1),
            .hasKWallet5 = names.contains("org.kde.kwalletd5"_L1),
            .hasKWallet6 = names.contains("org.kde.kwalletd6"_L1)};
}

QFuture<Doubt> doubtAdmission(QObject* context, const QString& application, const QString& wallet)
{
    using Users = Result<QStringList>;
    const auto users = call<QStringList>(context, kwallet5Method(u"users"_s, {wallet}));
    return whenDone(context, users, [=](const Users& admitted) {
        if (!admitted)
            return readyFuture(Doubt(ErrorKind::TimedOut));
        if (admitted->contains(application))
            return readyFuture(Doubt());
        return whenDone(context, call<bool>(context, kwallet5Method(u"isOpen"_s, {wallet})),
                        [](const Result<bool>& isOpen) -> Doubt {
                            if (!isOpen)
                                return ErrorKind::TimedOut;
                            return *isOpen ? ErrorKind::KeyringRefused : ErrorKind::KeyringLocked;
                        });
    });
}

} // namespace

bool hasSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString runtimeDirectory = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtimeDirectory.isEmpty() && QFileInfo::exists(runtimeDirectory + "/bus"_L1);
}

QFuture<Result<KeyringServices>> findKeyringServices(QObject* context)
{
    using Names = Result<QStringList>;
    const auto startable = namesOnBus(context, u"ListActivatableNames"_s);
    return whenDone(context, startable, [context](const Names& names) {
        return whenDone(context, namesOnBus(context, u"ListNames"_s),
                        [names](const Names& running) -> Result<KeyringServices> {
                            const auto there = servicesAmong(names.value_or(QStringList()) +
                                                             running.value_or(QStringList()));
                            if (there.isAny() || (names && running)) // several may be there
                                return there;
                            return failure(names ? running.error() : names.error());
                        });
    });
}

QFuture<Doubt> doubtSecretService(QObject* context)
{
    const auto path = call<QDBusObjectPath>(
        context, secretsMethod(u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s,
                               u"ReadAlias"_s, {u"default"_s}));
    return whenDone(context, path, [context](const Result<QDBusObjectPath>& collection) {
        if (!collection)
            return readyFuture(Doubt(ErrorKind::TimedOut));
        const QString place = collection->path();
        if (place.isEmpty() || place == "/"_L1) // there is no default one
            return readyFuture(Doubt());
        const auto get = secretsMethod(place, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                                       {u"org.freedesktop.Secret.Collection"_s, u"Locked"_s});
        using Locked = Result<QDBusVariant>;
        return whenDone(context, call<QDBusVariant>(context, get), [](const Locked& locked) {
            if (!locked)
                return Doubt(ErrorKind::TimedOut);
            return locked->variant().toBool() ? Doubt(ErrorKind::KeyringLocked) : Doubt();
        });
    });
}

QFuture<Doubt> doubtKWallet5(QObject* context, const QString& application)
{
    const auto wallet = call<QString>(context, kwallet5Method(u"networkWallet"_s, {}));
    return whenDone(context, wallet, [=](const Result<QString>& name) {
        if (!name)
            return readyFuture(Doubt(ErrorKind::TimedOut));
        return doubtAdmission(context, application, *name);
    });
}

} // namespace vitrine::access
