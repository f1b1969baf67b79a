// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/appsettings.h"

#include <QStandardPaths>

#include <algorithm>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr auto kHidesPrivate = "gallery/hidePrivate"_L1;
constexpr auto kZoom = "gallery/rowHeight"_L1;
constexpr auto kUndoSeconds = "transfers/undoSeconds"_L1;
constexpr auto kDownloadDirectory = "transfers/downloadDirectory"_L1;
constexpr auto kLimitUp = "transfers/limitUp/"_L1;     // and the account's id
constexpr auto kLimitDown = "transfers/limitDown/"_L1; // likewise
constexpr auto kSidebarFolded = "window/sidebarFolded"_L1;
constexpr auto kDetailsFolded = "window/detailsFolded"_L1;
constexpr auto kLastAccount = "window/account"_L1;
constexpr auto kGeometry = "window/geometry"_L1;
constexpr auto kAllowsUnconfinedDecoder = "safety/allowUnconfinedDecoder"_L1;
constexpr auto kKnowsNoKeyring = "notices/noKeyring"_L1;

constexpr int kDefaultUndoSeconds = 5;
constexpr int kMaximumUndoSeconds = 60;
constexpr int kMaximumZoom = 1000;
constexpr qint64 kLowestLimit = 1'000; // bytes a second; less is a mistake

} // namespace

AppSettings::AppSettings(const QString& path) : m_store(path, QSettings::IniFormat)
{}

QString AppSettings::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           "/vitrine/vitrine.ini"_L1;
}

bool AppSettings::hidesPrivate() const
{
    return m_store.value(kHidesPrivate, true).toBool();
}

void AppSettings::setHidesPrivate(bool hides)
{
    m_store.setValue(kHidesPrivate, hides);
}

milliseconds AppSettings::undoTime() const
{
    const int value = m_store.value(kUndoSeconds, kDefaultUndoSeconds).toInt();
    return seconds(std::clamp(value, 0, kMaximumUndoSeconds));
}

void AppSettings::setUndoTime(milliseconds time)
{
    m_store.setValue(kUndoSeconds, int(std::chrono::duration_cast<seconds>(time).count()));
}

int AppSettings::zoom() const
{
    return std::clamp(m_store.value(kZoom, 0).toInt(), 0, kMaximumZoom);
}

void AppSettings::setZoom(int rowHeight)
{
    m_store.setValue(kZoom, rowHeight);
}

bool AppSettings::isSidebarFolded() const
{
    return m_store.value(kSidebarFolded, false).toBool();
}

void AppSettings::setSidebarFolded(bool folded)
{
    m_store.setValue(kSidebarFolded, folded);
}

bool AppSettings::isDetailsFolded() const
{
    return m_store.value(kDetailsFolded, false).toBool();
}

void AppSettings::setDetailsFolded(bool folded)
{
    m_store.setValue(kDetailsFolded, folded);
}

QString AppSettings::lastAccount() const
{
    return m_store.value(kLastAccount).toString();
}

void AppSettings::setLastAccount(const QString& id)
{
    m_store.setValue(kLastAccount, id);
}

QByteArray AppSettings::windowGeometry() const
{
    return m_store.value(kGeometry).toByteArray();
}

void AppSettings::setWindowGeometry(const QByteArray& geometry)
{
    m_store.setValue(kGeometry, geometry);
}

QString AppSettings::downloadDirectory() const
{
    return m_store.value(kDownloadDirectory).toString();
}

void AppSettings::setDownloadDirectory(const QString& directory)
{
    m_store.setValue(kDownloadDirectory, directory);
}

SpeedLimits AppSettings::speedLimits(const QString& account) const
{
    const auto read = [&](QLatin1StringView key) {
        const qint64 limit = m_store.value(key + account).toLongLong();
        return limit < kLowestLimit ? 0 : limit;
    };
    return {read(kLimitUp), read(kLimitDown)};
}

void AppSettings::setSpeedLimits(const QString& account, const SpeedLimits& limits)
{
    for (const auto& [key, limit] : {std::pair(kLimitUp, limits.up), {kLimitDown, limits.down}}) {
        if (limit > 0)
            m_store.setValue(key + account, limit);
        else
            m_store.remove(key + account);
    }
}

bool AppSettings::allowsUnconfinedDecoder() const
{
    return m_store.value(kAllowsUnconfinedDecoder, false).toBool();
}

bool AppSettings::knowsNoKeyring() const
{
    return m_store.value(kKnowsNoKeyring, false).toBool();
}

void AppSettings::setKnowsNoKeyring(bool knows)
{
    m_store.setValue(kKnowsNoKeyring, knows);
}

} // namespace vitrine::ui
