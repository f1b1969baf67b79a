// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/owner.h"

#include "tests/backend/fixture.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace vitrine::test {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostImages = 20; // beyond it one goes for each that comes

QJsonObject object(const Answer& answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QByteArray text(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray previewOf(const QJsonObject& item)
{
    return targetOf(item["previewURL"_L1].toString());
}

QByteArray uploadFields(const QString& key)
{
    return "Content-Type: " + formType() + "\r\nPrefer: return=representation\r\n" +
           "Idempotency-Key: " + key.toLatin1() + "\r\n";
}

} // namespace

Owner::Owner(int number, quint32 seed, const QList<QByteArray>& pictures)
    : m_number(number), m_random(seed), m_pictures(pictures)
{}

int Owner::random(int below)
{
    return int(m_random() % unsigned(below)); // not a distribution: those differ between libraries
}

QString Owner::nextName()
{
    return u"owner-%1-%2"_s.arg(m_number).arg(m_names++);
}

/// One that others share, too, or one with a comment that nobody else has.
QByteArray Owner::nextPicture()
{
    QByteArray picture = m_pictures[random(int(m_pictures.size()))];
    if (random(2) == 0)
        return picture;
    const QByteArray comment = nextName().toLatin1().leftJustified(30, ' ');
    return picture.insert(2, QByteArray("\xff\xfe\0\x20", 4) + comment);
}

Owner::Outcome Owner::act(HttpClient& client)
{
    QStringList keys = m_images.keys();
    keys.sort(); // the order of a hash is not the same again
    const QString key = keys.value(random(int(keys.size()) + 1));
    const int choice = random(20);
    if (keys.size() > kMostImages && !key.isEmpty() && choice < 4)
        return remove(client, key);
    if (key.isEmpty() || choice < 4)
        return share(client);
    if (choice < 7)
        return describe(client, key);
    if (choice < 8)
        return remove(client, key);
    if (choice < 12)
        return download(client, key);
    if (choice < 17)
        return look(client, key);
    return choice < 19 ? list(client) : breakOff(client);
}

/// Whether the answer is the one that \a what asks for. One that did not come, or says that the
/// server could not, leaves it in doubt; any other is wrong.
bool Owner::isAnswered(const Answer& answer, int expected, const char* what)
{
    const bool isExpected = answer.status == expected;
    const bool isRefusal = answer.status > 0 && answer.status < 500 && answer.status != 429;
    if (!isExpected && isRefusal)
        m_complaint = u"%1 was answered %2"_s.arg(QString::fromLatin1(what)).arg(answer.status);
    return isExpected;
}

Owner::Outcome Owner::share(HttpClient& client)
{
    const QByteArray picture = nextPicture();
    const QString name = nextName();
    m_doubt = Doubt{Doubt::Act::Share, name, name,
                    QCryptographicHash::hash(picture, QCryptographicHash::Sha256).toHex()};
    const Answer answer = client.ask("POST", "/api/admin/upload", uploadFields(name),
                                     form(picture, "a.jpg", name.toLatin1()));
    if (!isAnswered(answer, 201, "an upload"))
        return Outcome::InDoubt;
    settle(*m_doubt, object(answer));
    m_doubt.reset();
    return Outcome::Done;
}

Owner::Outcome Owner::describe(HttpClient& client, const QString& key)
{
    const QString alt = nextName();
    m_doubt = Doubt{Doubt::Act::Describe, key, alt, {}};
    const Answer answer = client.ask("PATCH", "/api/admin/images/" + m_images[key].id.toLatin1(),
                                     {}, text({{u"alt"_s, alt}, {u"isPrivate"_s, random(2) == 0}}));
    if (!isAnswered(answer, 200, "an edit"))
        return Outcome::InDoubt;
    settle(*m_doubt, object(answer));
    m_doubt.reset();
    return Outcome::Done;
}

Owner::Outcome Owner::remove(HttpClient& client, const QString& key)
{
    m_doubt = Doubt{Doubt::Act::Delete, key, {}, {}};
    const Answer answer =
        client.ask("POST", "/api/admin/delete", {}, text({{u"id"_s, m_images[key].id}}));
    if (!isAnswered(answer, 200, "a removal"))
        return Outcome::InDoubt;
    settle(*m_doubt, {});
    m_doubt.reset();
    return Outcome::Done;
}

Owner::Outcome Owner::download(HttpClient& client, const QString& key)
{
    m_doubt = Doubt{Doubt::Act::Download, key, {}, {}};
    Entry& entry = m_images[key];
    const Answer answer = client.ask("GET", "/api/download?id=" + entry.id.toLatin1());
    if (!isAnswered(answer, 302, "a download"))
        return Outcome::InDoubt;
    ++entry.downloads;
    ++m_downloads;
    m_doubt.reset();
    return Outcome::Done;
}

Owner::Outcome Owner::look(HttpClient& client, const QString& key)
{
    const Answer answer = client.ask("GET", m_images[key].preview);
    return isAnswered(answer, 200, "a preview") ? Outcome::Done : Outcome::InDoubt;
}

Owner::Outcome Owner::list(HttpClient& client)
{
    const Answer answer = client.ask("GET", "/api/images?limit=50");
    return isAnswered(answer, 200, "a listing") ? Outcome::Done : Outcome::InDoubt;
}

/// Hangs up in the middle: of an upload, of which nothing may ever be seen, or before an answer.
Owner::Outcome Owner::breakOff(HttpClient& client)
{
    const QByteArray body = form(nextPicture());
    if (random(2) == 0)
        client.abandon("POST", "/api/admin/upload", uploadFields(nextName()), body,
                       random(int(body.size())));
    else
        client.abandon("GET", "/api/images?limit=1000", {}, {}, 1'000'000);
    return Outcome::Done;
}

bool Owner::settleDoubt(HttpClient& client)
{
    if (!m_doubt)
        return true;
    const Answer answer = client.ask("GET", "/api/admin/uploads/" + m_doubt->key.toLatin1());
    if (answer.status == 404)
        settle(*m_doubt, {});
    else if (isAnswered(answer, 200, "the question after an upload"))
        settle(*m_doubt, object(answer));
    else
        return false;
    m_doubt.reset();
    return true;
}

/// Makes the book say what happened; \a item is what is there now, empty if nothing is.
void Owner::settle(const Doubt& doubt, const QJsonObject& item)
{
    using Act = Doubt::Act;
    const bool isGone = item.isEmpty();
    if (isGone && doubt.act == Act::Delete)
        m_deleted.append(m_images.take(doubt.key).id);
    if (isGone) // what else was in doubt is found when the book is compared
        return;
    if (doubt.act == Act::Share) {
        m_images.insert(doubt.key, {item["id"_L1].toString(), doubt.sha256, doubt.alt, 0, {}});
        ++m_uploads;
    }
    Entry& entry = m_images[doubt.key];
    entry.preview = previewOf(item);
    if (doubt.act == Act::Describe && item["alt"_L1].toString() == doubt.alt)
        entry.alt = doubt.alt;
    if (doubt.act == Act::Download && item["downloadCount"_L1].toInteger() == entry.downloads + 1)
        ++entry.downloads;
}

QString Owner::compare(QHash<QString, QJsonObject>& images) const
{
    for (const Entry& entry : m_images) {
        if (!images.contains(entry.id))
            return u"image %1 was confirmed and is lost"_s.arg(entry.id);
        const QJsonObject item = images.take(entry.id);
        const QString is = u"%1, %2 downloads, %3"_s.arg(item["alt"_L1].toString())
                               .arg(item["downloadCount"_L1].toInteger())
                               .arg(item["sha256"_L1].toString());
        const QString shouldBe = u"%1, %2 downloads, %3"_s.arg(entry.alt)
                                     .arg(entry.downloads)
                                     .arg(QString::fromLatin1(entry.sha256));
        if (is != shouldBe)
            return u"image %1 is \"%2\" and should be \"%3\""_s.arg(entry.id, is, shouldBe);
    }
    for (const QString& id : m_deleted) {
        if (images.contains(id))
            return u"image %1 was deleted and is back"_s.arg(id);
    }
    return {};
}

QHash<QString, QJsonObject> allItems(HttpClient& client)
{
    QHash<QString, QJsonObject> items;
    QByteArray cursor;
    do {
        const Answer answer = client.ask("GET", "/api/admin/images?limit=1000&cursor=" + cursor);
        const QJsonObject page = object(answer);
        const QJsonArray images = page["images"_L1].toArray();
        for (const auto& value : images)
            items.insert(value["id"_L1].toString(), value.toObject());
        cursor = page["cursor"_L1].toString().toLatin1();
    } while (!cursor.isEmpty());
    return items;
}

} // namespace vitrine::test
