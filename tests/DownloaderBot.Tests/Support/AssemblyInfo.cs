// Each end-to-end test starts a whole bot whose watch looks at this process: side by side they would see each other. Scenarios are programs of
// their own and mostly wait, so they run beside the others, one after the other.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
