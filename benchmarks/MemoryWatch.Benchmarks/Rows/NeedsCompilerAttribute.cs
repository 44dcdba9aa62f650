namespace MemoryWatch.Benchmarks.Rows;

/// <summary>A row that is left out where the machine has no C compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsCompilerAttribute : Attribute;
