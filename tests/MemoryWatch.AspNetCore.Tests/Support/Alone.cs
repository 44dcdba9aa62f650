namespace MemoryWatch.AspNetCore.Tests.Support;

/// <summary>Tests that measure the memory or the time of the process: no others run at the same time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
