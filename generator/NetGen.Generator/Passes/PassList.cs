namespace NetGen.Generator;

/// <summary>
/// The passes in their order. Simplifying comes first, so that the others see one form of everything; products of tables come early, so that the others see what is left; hoisting before fusing, so that what a map
/// needs of the weights is not fused into it again, and reshapes move before it, because they stand between maps; gathering scales after it, because it looks at whole
/// epilogues. Slices of columns move ahead of maps before fusing, which the slices would hinder, and what is left of maps over columns is joined behind it. Factors leave sums early, so that equal sums are found, and sums take maps along after fusing, when those are whole. Splitting random numbers comes late,
/// because fusing would undo it; simplifying last removes what the others left behind. All of it runs after the gradients were appended.
/// </summary>
internal static class PassList
{
    public static readonly (string Name, Func<Graph, Graph> Rewrite)[] All =
    [
        ("simplify", Simplify.Rewrite),
        ("factor sums", FactorSums.Rewrite),
        ("find equal sums", Simplify.Rewrite),
        ("multiply tables", MultiplyTables.Rewrite),
        ("split columns", SplitColumns.Rewrite),
        ("hoist invariants", HoistInvariants.Rewrite),
        ("move reshapes", MoveReshapes.Rewrite),
        ("fuse maps", FuseMaps.Rewrite),
        ("join column maps", JoinColumnMaps.Rewrite),
        ("fuse sums", FuseSums.Rewrite),
        ("gather scales", GatherScales.Rewrite),
        ("split random", SplitRandom.Rewrite),
        ("simplify again", Simplify.Rewrite),
    ];

    public static Graph Run(Graph graph) => All.Aggregate(graph, (g, pass) => pass.Rewrite(g));
}
