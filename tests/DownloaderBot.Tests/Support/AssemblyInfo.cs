// Each end-to-end test starts a whole bot whose watch looks at this process: side by side they would see each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
