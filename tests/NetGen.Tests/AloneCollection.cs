namespace NetGen.Tests;

/// <summary>Tests of what belongs to the whole process, such as its memory: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    internal const string Name = "Alone";
}
