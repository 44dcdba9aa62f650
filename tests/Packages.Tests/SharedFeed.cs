namespace Packages.Tests;

/// <summary>The tests that share the packed packages.</summary>
[CollectionDefinition(Name)]
public sealed class SharedFeed : ICollectionFixture<Feed>
{
    public const string Name = "Packages";
}
