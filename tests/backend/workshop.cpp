// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/workshop.h"

#include "app/backend/inspection.h"
#include "app/backend/schema.h"
#include "tests/support/pictures.h"

#include <QDir>

#include <algorithm>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using namespace backend;

void Workshop::open()
{
    close();
    m_connections = *Connections::open(databasePath(m_directory), migrations());
    m_store = *ImageStore::open(m_directory, *m_connections, m_clock);
}

void Workshop::close()
{
    m_maker.reset();
    m_store.reset();
}

VariantMaker& Workshop::startMaker(VariantMaker::Courtesy courtesy)
{
    m_maker = std::make_unique<VariantMaker>(*m_store, m_ingest, courtesy);
    return *m_maker;
}

std::unique_ptr<Incoming> Workshop::arriving(const QByteArray& bytes)
{
    auto incoming = *m_store->begin();
    if (!incoming->write(bytes))
        qFatal("the picture could not be written");
    incoming->finish();
    return incoming;
}

StoredImage Workshop::share(const QByteArray& bytes)
{
    return std::get<StoredImage>(*m_store->addWaiting(*arriving(bytes), {}));
}

StoredImage Workshop::shareWhole(const QByteArray& bytes)
{
    const auto incoming = arriving(bytes);
    for (const Form form : kVariants) {
        if (!incoming->add(form, "variant"))
            qFatal("the variant could not be written");
    }
    NewImage properties;
    properties.placeholder = "placeholder";
    return std::get<StoredImage>(*m_store->add(*incoming, properties));
}

bool Workshop::isWaiting(const StoredImage& stored)
{
    return *m_store->isWaiting(stored.image.sha256);
}

bool Workshop::isThere(const StoredImage& stored)
{
    return m_store->find(stored.image.id).has_value();
}

bool Workshop::hasVariants(const StoredImage& stored)
{
    return std::all_of(kForms.begin(), kForms.end(), [&](Form form) {
        return QFileInfo(m_store->path(stored, form)).size() > 0;
    });
}

QByteArray Workshop::original(const StoredImage& stored)
{
    const StoredImage current = *m_store->find(stored.image.id);
    for (const QString& place : m_store->originalPlaces(current)) {
        if (QFile file(place); file.open(QIODevice::ReadOnly))
            return file.readAll();
    }
    return {};
}

QStringList Workshop::arrivals() const
{
    return QDir(m_directory + u"/incoming"_s)
        .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

QStringList Workshop::findings(const QString& directory)
{
    QStringList found;
    const auto checked =
        inspect(directory, [&](const Finding& finding) { found.append(finding.what); });
    return checked ? found : QStringList(checked.error().detail);
}

QByteArray photo(int seed)
{
    return jpeg(picture({80, 60}, seed));
}

} // namespace vitrine::test
