namespace NetGen.Generator;

/// <summary>Vectors and matrices.</summary>
internal sealed class VectorSpace : CellSpace
{
    private readonly long units;

    public VectorSpace(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (x.Rank != 3)
        {
            string steps = x.Rank == 2 ? " A recurrent layer before it gives all of its steps with ReturnSequences = true." : "";
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of (batch, time, features), not {x}.{steps}");
        }

        this.Input = context.X;
        this.units = context.Integer("Units", least: 1, most: int.MaxValue / 4);
        this.State = Shape.Of(x[0], this.units);
    }

    public override Value Input { get; }

    public override Shape State { get; }

    public override bool IsOnnx => true;

    public override Shape Kernel(long gates) => Shape.Of(this.Input.Shape[2], gates * this.units);

    public override Shape Recurrent(long gates) => Shape.Of(this.units, gates * this.units);

    public override Value Project(Graph g, Value x, Value kernel) => g.Add(new MatMul(), x, kernel);

    public override Value Product(Graph g, Value h, Value recurrent) => g.Add(new MatMul(), h, recurrent);
}
