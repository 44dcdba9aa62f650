namespace MemoryWatch.Tests.BlackBox;

/// <summary>Tests that take long and much of the machine: one after another, beside all the others.</summary>
[CollectionDefinition(Name)]
public sealed class Proofs
{
    public const string Name = "Proofs of the black box";
}
