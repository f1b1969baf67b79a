// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/previewcache.h"
#include "tests/support/pictures.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::gallery;
using namespace Qt::StringLiterals;
using Shelf = PreviewCache::Shelf;

namespace {

constexpr int kBytes = 1000;

PreviewKey sharp(const QString& id)
{
    return {id, PreviewVariant::Sharp};
}

} // namespace

class TestPreviewCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void whatWasLookedAtLongestAgoGoes();
    void limitHoldsForWhatIsThereAlready();
    void privateOnesAreKeptApart();
    void privateOnesLeaveNothingAmongTheOthers();
    void movedOnesAreFoundAgain();
    void removedOnesLeaveNothing();
    void earlierLayoutIsClearedAway();
    void unwritableDirectoryIsNoError();

private:
    QString path(const QString& name) const { return m_directory->filePath(u"cache/"_s + name); }
    QStringList namesIn(const QString& folder) const
    {
        return QDir(path(folder)).entryList(QDir::Files | QDir::Hidden);
    }
    void age(const QString& name, int hours) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-3600 * hours),
                                 QFileDevice::FileModificationTime));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestPreviewCache::whatWasLookedAtLongestAgoGoes()
{
    PreviewCache cache(path({}), 10 * kBytes);
    for (int i = 0; i < 10; ++i) {
        cache.write(sharp(QString::number(i)), QByteArray(kBytes, 'x'), Shelf(i % 2));
        age(u"%1/%2.sharp"_s.arg(i % 2 ? u"private"_s : u"public"_s).arg(i), 100 - i);
    }
    QVERIFY(!cache.read(sharp(u"0"_s), Shelf::Public).isEmpty()); // looked at again
    cache.write(sharp(u"new"_s), QByteArray(kBytes, 'x'), Shelf::Public);
    QVERIFY(cache.read(sharp(u"1"_s), Shelf::Private).isEmpty());
    QVERIFY(cache.read(sharp(u"2"_s), Shelf::Public).isEmpty());
    QVERIFY(!cache.read(sharp(u"0"_s), Shelf::Public).isEmpty());
    QVERIFY(!cache.read(sharp(u"9"_s), Shelf::Private).isEmpty());
    QVERIFY(!cache.read(sharp(u"new"_s), Shelf::Public).isEmpty());
}

void TestPreviewCache::limitHoldsForWhatIsThereAlready()
{
    PreviewCache large(path({}));
    for (int i = 0; i < 20; ++i)
        large.write(sharp(QString::number(i)), QByteArray(kBytes, 'x'), Shelf::Public);
    PreviewCache small(path({}), 10 * kBytes);
    small.write(sharp(u"new"_s), QByteArray(kBytes, 'x'), Shelf::Public);
    QVERIFY(namesIn(u"public"_s).size() <= 10);
    QVERIFY(!small.read(sharp(u"new"_s), Shelf::Public).isEmpty());
}

void TestPreviewCache::privateOnesAreKeptApart()
{
    PreviewCache cache(path({}));
    QVERIFY(QDir().mkpath(path(u"private"_s)));
    QVERIFY(QFile::setPermissions(path(u"private"_s), QFile::Permissions(0x7755))); // by anybody
    cache.write(sharp(u"a"_s), "secret", Shelf::Private);
    cache.write(sharp(u"b"_s), "open", Shelf::Public);
    QCOMPARE(namesIn(u"private"_s), QStringList{u"a.sharp"_s});
    QCOMPARE(namesIn(u"public"_s), QStringList{u"b.sharp"_s});
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                        QFile::WriteOther | QFile::ExeOther;
    for (const QString& name : {u"private"_s, u"public"_s, u"private/a.sharp"_s})
        QVERIFY(!(QFile::permissions(path(name)) & others));
}

void TestPreviewCache::privateOnesLeaveNothingAmongTheOthers()
{
    PreviewCache cache(path({}));
    cache.write(sharp(u"a"_s), "picture", Shelf::Public);
    QVERIFY(cache.read(sharp(u"a"_s), Shelf::Private).isEmpty());
    QVERIFY(namesIn(u"public"_s).isEmpty());
}

void TestPreviewCache::movedOnesAreFoundAgain()
{
    PreviewCache cache(path({}));
    cache.write(sharp(u"a"_s), "picture", Shelf::Public);
    cache.move(u"a"_s, Shelf::Private);
    QVERIFY(namesIn(u"public"_s).isEmpty());
    QCOMPARE(cache.read(sharp(u"a"_s), Shelf::Private), QByteArray("picture"));
    cache.move(u"a"_s, Shelf::Public);
    QVERIFY(namesIn(u"private"_s).isEmpty());
    QCOMPARE(cache.read(sharp(u"a"_s), Shelf::Public), QByteArray("picture"));
}

void TestPreviewCache::removedOnesLeaveNothing()
{
    PreviewCache cache(path({}));
    cache.write(sharp(u"a"_s), "picture", Shelf::Public);
    cache.write({u"a"_s, PreviewVariant::Blurred}, "picture", Shelf::Private);
    cache.write(sharp(u"ab"_s), "picture", Shelf::Public);
    cache.remove(sharp(u"a"_s));
    QCOMPARE(namesIn(u"public"_s), QStringList{u"ab.sharp"_s});
    QCOMPARE(namesIn(u"private"_s), QStringList{u"a.blurred"_s});
    cache.remove({u"a"_s, PreviewVariant::Blurred});
    QVERIFY(namesIn(u"private"_s).isEmpty());
}

void TestPreviewCache::earlierLayoutIsClearedAway()
{
    QVERIFY(QDir().mkpath(path({})));
    test::writeTo(path({}), u"a.sharp"_s, "perhaps private");
    PreviewCache cache(path({}));
    cache.write(sharp(u"b"_s), "picture", Shelf::Public);
    QVERIFY(namesIn({}).isEmpty());
    QVERIFY(!cache.read(sharp(u"b"_s), Shelf::Public).isEmpty());
}

void TestPreviewCache::unwritableDirectoryIsNoError()
{
    PreviewCache cache(u"/proc/nowhere"_s);
    cache.write(sharp(u"a"_s), "picture", Shelf::Public);
    QVERIFY(cache.read(sharp(u"a"_s), Shelf::Public).isEmpty());
}

QTEST_GUILESS_MAIN(TestPreviewCache)
#include "tst_previewcache.moc"
