// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access/keyringbus.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <algorithm>
#include <array>

namespace vitrine::access {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPatienceMs = 2000;

template <typename Reply>
using Then = std::function<void(const QDBusPendingReply<Reply>&)>;

template <typename Reply>
void call(QObject* context, QDBusMessage message, Then<Reply> then)
{
    message.setAutoStartService(false);
    const auto pending = QDBusConnection::sessionBus().asyncCall(message, kPatienceMs);
    auto* watcher = new QDBusPendingCallWatcher(pending, context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [watcher, then = std::move(then)] {
                         watcher->deleteLater();
                         then(QDBusPendingReply<Reply>(*watcher));
                     });
}

QDBusMessage busMethod(const QString& method)
{
    return QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                          u"org.freedesktop.DBus"_s, method);
}

QDBusMessage secretsMethod(const QString& path, const QString& interface, const QString& method,
                           const QVariantList& arguments)
{
    auto message =
        QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
    message.setArguments(arguments);
    return message;
}

bool namesAKeyring(const QStringList& services)
{
    static constexpr std::array known{"org.freedesktop.secrets"_L1, "org.kde.kwalletd5"_L1,
                                      "org.kde.kwalletd6"_L1};
    return std::any_of(known.begin(), known.end(),
                       [&](QLatin1StringView name) { return services.contains(name); });
}

} // namespace

void askWhetherKeyringExists(QObject* context, std::function<void(bool)> answer)
{
    const auto askRunning = [context, answer](const QDBusPendingReply<QStringList>& startable) {
        if (!startable.isError() && namesAKeyring(startable.value()))
            return answer(true);
        call<QStringList>(context, busMethod(u"ListNames"_s),
                          [answer](const QDBusPendingReply<QStringList>& running) {
                              answer(!running.isError() && namesAKeyring(running.value()));
                          });
    };
    call<QStringList>(context, busMethod(u"ListActivatableNames"_s), askRunning);
}

void askWhetherKeyringIsLocked(QObject* context, std::function<void(bool)> answer)
{
    const auto askCollection = [context, answer](const QDBusPendingReply<QDBusObjectPath>& path) {
        if (path.isError() || path.value().path() == "/"_L1) // "/": there is no default one
            return answer(false);
        const auto get =
            secretsMethod(path.value().path(), u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                          {u"org.freedesktop.Secret.Collection"_s, u"Locked"_s});
        call<QDBusVariant>(context, get, [answer](const QDBusPendingReply<QDBusVariant>& locked) {
            answer(!locked.isError() && locked.value().variant().toBool());
        });
    };
    call<QDBusObjectPath>(context,
                          secretsMethod(u"/org/freedesktop/secrets"_s,
                                        u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s,
                                        {u"default"_s}),
                          askCollection);
}

} // namespace vitrine::access
