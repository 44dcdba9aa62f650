namespace MemoryWatch.Tell;

/// <summary>An alert's cause as structured log state, all keys with <c>cause</c> before them. What is not known is left out.</summary>
internal static class CauseState
{
    public static LogState Add(this LogState state, MemoryCause? cause)
    {
        if (cause is null)
        {
            return state;
        }

        var first = cause.Operations.Count > 0 ? cause.Operations[0] : null;
        return state
            .Add("cause", cause.ToString())
            .Add("cause_window_seconds", cause.Window.TotalSeconds)
            .Add("cause_rise_bytes", cause.RiseBytes)
            .Add("cause_resident_change_bytes", cause.ResidentChangeBytes)
            .Add("cause_managed_change_bytes", cause.ManagedChangeBytes)
            .Add("cause_native_change_bytes", cause.NativeChangeBytes)
            .Add("cause_shared_change_bytes", cause.SharedChangeBytes)
            .Add("cause_file_backed_change_bytes", cause.FileBackedChangeBytes)
            .Add("cause_allocated_bytes", cause.AllocatedBytes)
            .Add("cause_unattributed_bytes", cause.UnattributedBytes)
            .Add("cause_in_flight", cause.InFlightCount)
            .Add("cause_operation", first?.Name)
            .Add("cause_operation_id", first is { OperationId: not 0 } ? first.OperationId : null)
            .Add("cause_operation_context", first is { Context.Text.Length: > 0 } ? first.Context.Text : null)
            .Add("cause_operation_allocated_bytes", first?.AllocatedBytes)
            .Add("cause_operation_charged_bytes", first is { ChargedBytes: > 0 } ? first.ChargedBytes : null)
            .Add("cause_operation_share", first?.Share);
    }
}
