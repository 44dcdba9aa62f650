namespace MemoryWatch.Benchmarks.Rows;

/// <summary>Marks a row that is skipped if the machine has no C compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsCompilerAttribute : Attribute;
