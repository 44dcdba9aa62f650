using System.IO.Compression;
using System.Text.Json;

namespace MemoryWatch.Tool.Machine;

/// <summary>
/// A recording in a zip file: <c>memorywatch.json</c> with what was at each path, and the contents below <c>files/</c>, so that they can be looked
/// at with any tool. Nothing is unpacked when it is read.
/// </summary>
internal static class Archive
{
    private const string ManifestName = "memorywatch.json";
    private const string Folder = "files";

    // Far more than a collected file has, and little enough for what only looks like one.
    private const int MostEntries = 10_000;
    private const int MostBytes = 64 << 20;

    public static void Write(Recording recording, Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var manifest = new ArchiveManifest(
            ArchiveManifest.CurrentVersion, recording.Facts, [.. recording.Files.Select(file => new ArchiveManifest.Entry(file.Path, file.State))]);
        using (var entry = zip.CreateEntry(ManifestName).Open())
        {
            JsonSerializer.Serialize(entry, manifest, MachineJson.Default.ArchiveManifest);
        }

        foreach (var file in recording.Files.Where(file => file.State == RecordedState.Read))
        {
            using var entry = zip.CreateEntry(Folder + file.Path).Open();
            entry.Write(file.Content);
        }
    }

    /// <exception cref="UnreadableException">It is no collected file.</exception>
    public static Recording Read(Stream stream, string name)
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            var left = MostBytes;
            var text = zip.GetEntry(ManifestName) is { } entry ? Take(entry, ref left) : throw Refuse(name, $"it has no {ManifestName}");
            var manifest = JsonSerializer.Deserialize(text, MachineJson.Default.ArchiveManifest);
            if (manifest is not { Facts.PageSize: > 0, Entries.Count: <= MostEntries })
            {
                throw Refuse(name, $"its {ManifestName} is damaged");
            }

            return manifest.Version == ArchiveManifest.CurrentVersion
                ? new(manifest.Facts, Take(zip, manifest, ref left))
                : throw new UnreadableException($"'{name}' was collected by a later version of this command");
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or IOException or NotSupportedException)
        {
            throw Refuse(name, "it is damaged, or no zip file");
        }
    }

    private static List<RecordedFile> Take(ZipArchive zip, ArchiveManifest manifest, ref int left)
    {
        var (files, seen) = (new List<RecordedFile>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (path, state) in manifest.Entries)
        {
            if (path is not null && seen.Add(path))
            {
                files.Add(new(path, state, state == RecordedState.Read && zip.GetEntry(Folder + path) is { } entry ? Take(entry, ref left) : []));
            }
        }

        return files;
    }

    /// <summary>Takes what is in an entry, whatever length it says that it has.</summary>
    private static byte[] Take(ZipArchiveEntry entry, ref int left)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (var length = stream.Read(buffer); length > 0; length = stream.Read(buffer))
        {
            left -= length;
            if (left < 0)
            {
                throw new InvalidDataException();
            }

            content.Write(buffer.AsSpan(0, length));
        }

        return content.ToArray();
    }

    private static UnreadableException Refuse(string name, string reason) =>
        new($"'{name}' is not a file that 'memorywatch machine --collect' wrote: {reason}");
}
