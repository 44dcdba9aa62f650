using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>What is in the packages: what a gallery shows, what a debugger needs, and nothing of the machine.</summary>
[Collection(SharedFeed.Name)]
public sealed class ContentTests(Feed feed)
{
    // The custom debug information of a portable PDB that holds the addresses of the sources.
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Packages => ["MemoryWatch", "MemoryWatch.Hosting", "MemoryWatch.AspNetCore", "MemoryWatch.Tool"];

    public static TheoryData<string> Libraries => ["MemoryWatch", "MemoryWatch.Hosting", "MemoryWatch.AspNetCore"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_and_where_it_comes_from(string package)
    {
        using var archive = ZipFile.OpenRead(feed.Package(package));
        var manifest = Manifest(archive);

        manifest.Should().ContainKeys("description", "projectUrl", "icon", "readme", "license", "releaseNotes");
        manifest["releaseNotes"].Should().StartWith("### ").And.NotContain("\n## ");
        archive.Entries.Select(entry => entry.FullName).Should().Contain(["README.md", "icon.png"]);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Links_of_the_packed_README_work_far_from_the_repository(string package)
    {
        using var archive = ZipFile.OpenRead(feed.Package(package));
        var readme = Text(archive, "README.md");

        readme.Should().NotMatchRegex(@"\]\((?!https?://|#)", "a gallery has no files beside the README");
        readme.Should().MatchRegex(@"!\[[^\]]+\]\(https://raw\.githubusercontent\.com/.+\.png\)").And.MatchRegex(@"\]\(https://github\.com/.+/blob/[0-9a-f]{40}/docs/settings\.md\)");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Net8_needs_nothing_of_a_later_framework_than_it_must(string package)
    {
        using var archive = ZipFile.OpenRead(feed.Package(package));
        var versions = XDocument.Parse(Text(archive, $"{package}.nuspec")).Descendants()
            .Where(element => element.Name.LocalName == "group" && element.Parent!.Name.LocalName == "dependencies")
            .ToDictionary(
                group => group.Attribute("targetFramework")!.Value,
                group => group.Elements().Select(d => (Id: d.Attribute("id")!.Value, Version: d.Attribute("version")!.Value)).Where(d => !d.Id.StartsWith("MemoryWatch", StringComparison.Ordinal)).ToList());

        versions.Keys.Should().BeEquivalentTo("net8.0", "net10.0");
        versions["net8.0"].Should().NotContain(d => !d.Version.StartsWith("8.0.", StringComparison.Ordinal) && !(d.Id == "System.Diagnostics.DiagnosticSource" && d.Version == "9.0.0"));
        versions["net10.0"].Should().NotContain(d => d.Version != "10.0.0");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_debugger_finds_the_sources_and_no_path_of_the_machine_is_inside(string package)
    {
        using var symbols = ZipFile.OpenRead(feed.Package(package).Replace(".nupkg", ".snupkg", StringComparison.Ordinal));
        foreach (var entry in symbols.Entries.Where(e => e.FullName.EndsWith(".pdb", StringComparison.Ordinal)))
        {
            using var provider = MetadataReaderProvider.FromPortablePdbStream(Copy(entry));
            var reader = provider.GetMetadataReader();
            var link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(i => reader.GetGuid(i.Kind) == SourceLink);

            Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value)).Should().MatchRegex(@"^\{""documents"":\{""/_/\*"":""https://raw\.githubusercontent\.com/.+/[0-9a-f]{40}/\*""\}\}$");
            reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name)).Should().OnlyContain(name => name.StartsWith("/_/", StringComparison.Ordinal));
        }

        using var archive = ZipFile.OpenRead(feed.Package(package));
        foreach (var entry in archive.Entries)
        {
            Encoding.Latin1.GetString(Copy(entry).ToArray()).Should().NotContain("/memorywatch-packages-", "{0} is for everyone", entry.FullName);
        }
    }

    [Fact]
    public void The_package_has_each_analyzer_assembly_once_and_depends_on_no_compiler()
    {
        using var archive = ZipFile.OpenRead(feed.Package("MemoryWatch"));

        archive.Entries.Select(e => e.FullName).Where(n => n.Contains("Analyzers", StringComparison.OrdinalIgnoreCase)).Should().BeEquivalentTo(
            "analyzers/dotnet/cs/MemoryWatch.Analyzers.dll", "analyzers/dotnet/cs/MemoryWatch.Analyzers.CodeFixes.dll");
        Text(archive, "MemoryWatch.nuspec").Should().NotContain("CodeAnalysis").And.NotContain("\"MemoryWatch.Analyzers");
    }

    private static Dictionary<string, string> Manifest(ZipArchive archive) =>
        XDocument.Parse(Text(archive, archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).FullName))
            .Root!.Elements().Single().Elements().DistinctBy(e => e.Name.LocalName).ToDictionary(e => e.Name.LocalName, e => e.Value);

    private static string Text(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static MemoryStream Copy(ZipArchiveEntry entry)
    {
        var copy = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(copy);
        }

        copy.Position = 0;
        return copy;
    }
}
