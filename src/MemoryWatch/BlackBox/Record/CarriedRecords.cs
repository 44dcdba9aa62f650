namespace MemoryWatch.BlackBox.Record;

/// <summary>What a file gets from earlier runs when it is created.</summary>
/// <param name="History">The records of the history; empty if there is none.</param>
/// <param name="Restarts">The record of restarts on purpose.</param>
internal sealed record CarriedRecords(byte[] History, byte[] Restarts);
