namespace Packages.Tests;

/// <summary>Whoever packs a commit gets the packages that were published, to the byte.</summary>
[Collection(SharedFeed.Name)]
public sealed class SamePackagesTests(Feed feed)
{
    [Fact]
    public void Packs_of_one_commit_from_two_folders_are_equal()
    {
        var second = feed.NewFolder("second-feed");
        feed.Pack(second);

        var packages = Directory.GetFiles(second).Select(Path.GetFileName).ToList();
        packages.Should().HaveCountGreaterThan(5);
        packages.Where(package => !File.ReadAllBytes(Path.Combine(second, package!)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(feed.FeedFolder, package!))))
            .Should().BeEmpty("each is the same from wherever it is packed");
    }
}
