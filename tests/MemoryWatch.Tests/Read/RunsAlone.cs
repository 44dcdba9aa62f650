namespace MemoryWatch.Tests.Read;

/// <summary>Tests of what the whole process shares, its heap and handles, with no other test beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "Runs alone";
}
