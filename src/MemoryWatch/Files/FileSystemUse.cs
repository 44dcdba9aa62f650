namespace MemoryWatch.Files;

/// <summary>A file system and what is used of it.</summary>
/// <param name="Type">Its type, such as <c>tmpfs</c>.</param>
/// <param name="TotalBytes">Its size; 0 if it has no limit, as a tmpfs may.</param>
/// <param name="FreeBytes">What is free of it.</param>
internal readonly record struct FileSystemUse(string Type, long TotalBytes, long FreeBytes);
