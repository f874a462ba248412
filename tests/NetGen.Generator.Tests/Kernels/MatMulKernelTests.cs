namespace NetGen.Generator.Tests;

/// <summary>The tiled product over odd sizes, all layouts, transpositions and epilogues, against the op in double.</summary>
public sealed class MatMulKernelTests
{
    private static readonly int[] Columns = [1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 23, 24, 25, 31, 32, 33, 40, 47, 48, 49, 63, 64, 65, 79, 81, 96, 97, 100, 128, 129, 160];
    private const int Variants = 24;
    private static readonly int[] Inner = [1, 2, 3, 5, 7, 16, 17, 33, 64, 100];
    private static readonly int[] Rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 16, 17, 19, 24, 25, 31, 40];

    /// <summary>From the product and operands to the result; the operands are a row (N) and a computed matrix (n,N).</summary>
    private static readonly (string Name, Func<Graph, Value, Value, Value, Value> Apply)[] Epilogues =
    [
        ("none", (g, y, row, full) => y),
        ("bias", (g, y, row, full) => g.Add(new Map(Expr.In(0) + Expr.In(1)), y, row)),
        ("bias relu", (g, y, row, full) => g.Add(new Map(Expr.Call("Relu", Expr.In(0) + Expr.In(1))), y, row)),
        ("residual", (g, y, row, full) => g.Add(new Map(Expr.In(1) - Expr.In(0)), y, full)),
        ("gate", (g, y, row, full) => g.Add(new Map(Expr.In(0) * Expr.Call("Greater", Expr.In(1), 0)), y, full)),
        ("row and residual", (g, y, row, full) => g.Add(new Map(Expr.Call("Max", (Expr.In(2) * Expr.In(0)) + Expr.In(1), 0.25 * Expr.In(0))), y, row, full)),
        ("the product twice", (g, y, row, full) => g.Add(new Map(Expr.Call("Where", Expr.Call("Greater", Expr.In(0), 0), Expr.In(0), 0.1 * Expr.In(0))), y)),
        ("a costly function stays outside", (g, y, row, full) => g.Add(new Map(Expr.Call("Tanh", Expr.In(0) + Expr.In(1))), y, row)),
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        for (int i = 0; i < Columns.Length; i++)
        {
            (string name, var apply) = Epilogues[i % Epilogues.Length];
            (int k, int n) = (Inner[i % Inner.Length], Columns[i]);
            batch.Add($"(n,{k}) by (k,{n}), {name}", Forward(k, n, apply));
        }

        for (int i = 0; i < Variants; i++)
        {
            (int k, int n) = (Inner[(i * 3) % Inner.Length], Columns[(i * 5) % Columns.Length]);
            batch.Add($"variant {i % 6} of inner {k}, columns {n}", Variant(i % 6, k, n));
        }

        return batch.Compile();
    });

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Columns.Length + Variants)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_op(int index)
    {
        foreach (int rows in Rows)
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(rows), NetCheck.Op);
        }
    }

    private static Graph Forward(int k, int n, Func<Graph, Value, Value, Value, Value> apply)
    {
        Graph g = new();
        Value x = g.Input("x", TensorType.Float(Shape.Of(Dim.Batch, k)));
        Value z = g.Input("z", TensorType.Float(Shape.Of(Dim.Batch, n)));
        Value w = g.ParameterValue(new Parameter("w", Shape.Of(k, n), "Zeros()", true));
        Value row = g.ParameterValue(new Parameter("b", Shape.Of(n), "Zeros()", true));
        Value full = g.Add(new Map(Expr.Call("Tanh", Expr.In(0))), z);
        g.Outputs.Add(new GraphOutput("y", apply(g, g.Add(new MatMul(), x, w), row, full)));
        g.Outputs.Add(new GraphOutput("full", full));
        return g;
    }

    /// <summary>Where the matrices come from, and how they lie.</summary>
    private static Graph Variant(int variant, int k, int n)
    {
        Graph g = new();
        Value Input(string name, params Dim[] shape) => g.Input(name, TensorType.Float(Shape.Of(shape)));
        Value Weight(params Dim[] shape) => g.ParameterValue(new Parameter("w", Shape.Of(shape), "Zeros()", true));
        Value y = variant switch
        {
            0 => g.Add(new MatMul(TransposeB: true), Input("x", Dim.Batch, k), Weight(n, k)),
            1 => g.Add(new MatMul(TransposeA: true), Input("x", Dim.Batch, k), g.Add(new Map(Expr.Call("Abs", Expr.In(0))), Input("z", Dim.Batch, n))),
            2 => g.Add(new MatMul(TransposeA: true), Input("x", Dim.Batch, k), Input("z", Dim.Batch, n)),
            3 => g.Add(new MatMul(), Input("x", Dim.Batch, k), Input("w", k, n)),
            4 => g.Add(new MatMul(TransposeB: true), Input("x", Dim.Batch, k), Input("z", Dim.Batch, k)),
            _ => g.Add(new MatMul(), Input("x", 9, k), Weight(k, n)),
        };
        g.Outputs.Add(new GraphOutput("y", y));
        return g;
    }
}
