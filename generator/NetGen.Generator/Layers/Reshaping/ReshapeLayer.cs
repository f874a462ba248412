namespace NetGen.Generator;

/// <summary>The same elements under another shape of a sample; one size may be -1 and is found.</summary>
internal sealed class ReshapeLayer : Layer
{
    public override string Kind => "Reshape";

    public override IReadOnlyList<string> Arguments => ["TargetShape"];

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        Shape sample = Batch.Sample(x);
        IReadOnlyList<long> target = context.Integers("TargetShape", null, [], least: -1, most: int.MaxValue);
        if (target.Any(d => d == 0) || target.Count(d => d == -1) > 1)
        {
            throw context.Fail("NG0012", "TargetShape", $"TargetShape of {context.Place} must have sizes of at least 1 and at most one -1, not ({string.Join(", ", target)}).");
        }

        Dim count = sample.Count;
        Dim known = target.Where(d => d != -1).Aggregate((Dim)1, (a, d) => a * d);
        Dim? rest = count.Divide(known);
        if (rest is null || (rest != 1 && !target.Contains(-1)))
        {
            throw context.Fail("NG0011", "TargetShape", $"{context.Place} cannot reshape {sample} with {count} elements to ({string.Join(", ", target)}).");
        }

        return context.Graph.Add(new Reshape(Batch.With(context.X, Shape.Of(target.Select(d => d == -1 ? rest : d)))), context.X);
    }
}
