namespace Packages.Tests;

/// <summary>What the project of a user looks like.</summary>
/// <param name="Template">The template of the SDK that it is created from.</param>
/// <param name="Package">Our package.</param>
public sealed record Consumer(string Template, string Package)
{
    /// <summary>The target framework.</summary>
    public string Framework { get; init; } = "net10.0";

    /// <summary>Further packages, with their versions.</summary>
    public IReadOnlyList<(string Package, string Version)> Others { get; init; } = [];

    /// <summary>Further properties of the project, as XML.</summary>
    public string Properties { get; init; } = string.Empty;
}
