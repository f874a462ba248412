namespace NetGen.Generator;

/// <summary>What the steps of a recurrent layer are made of: the shapes of input, state and weights, and what its products are.</summary>
internal abstract class CellSpace
{
    /// <summary>(batch, time, ..., features).</summary>
    public abstract Value Input { get; }

    /// <summary>(batch, ..., units).</summary>
    public abstract Shape State { get; }

    /// <summary>The shape of a state in the layer's own format.</summary>
    public virtual Shape Outside => this.State;

    /// <summary>The size of each state, or its channels.</summary>
    public Dim Units => this.State.Last;

    /// <summary>Whether a step is one of ONNX's recurrent operators.</summary>
    public virtual bool IsOnnx => false;

    /// <summary>The shape of the input's weight.</summary>
    public abstract Shape Kernel(long gates);

    /// <summary>The shape of the state's weight.</summary>
    public abstract Shape Recurrent(long gates);

    /// <summary>x W, of any number of samples.</summary>
    public abstract Value Project(Graph g, Value x, Value kernel);

    /// <summary>h U.</summary>
    public abstract Value Product(Graph g, Value h, Value recurrent);

    /// <summary>A state from the layer's own format.</summary>
    public virtual Value Read(Value state) => state;

    /// <summary>A state in the layer's own format.</summary>
    public virtual Value Write(Value state) => state;

    /// <summary>The states of all steps (batch, time, ...) in the layer's own format.</summary>
    public virtual Value WriteSteps(Value states) => states;
}

/// <summary>Vectors and matrices.</summary>
internal sealed class VectorSpace : CellSpace
{
    private readonly long units;

    public VectorSpace(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (x.Rank != 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of (batch, time, features), not {x}.");
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

/// <summary>Maps and filters: the input goes through the layer's convolution, and the state through one that leaves its size.</summary>
internal sealed class MapSpace : CellSpace
{
    private readonly LayerContext context;
    private readonly FilterWindow window;
    private readonly FilterWindow stateWindow;
    private readonly ConvGeometry geometry;
    private readonly long filters;

    public MapSpace(LayerContext context, int rank)
    {
        this.context = context;
        Value x = context.X;
        if (x.Shape.Rank != rank + 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of rank {rank + 3}, (batch, time, {rank} {(rank > 1 ? "axes" : "axis")} of space, channels), not {x.Shape}.");
        }

        this.filters = context.Integer("Filters", least: 1, most: int.MaxValue / 4);
        if (DataFormat.IsChannelsFirst(context))
        {
            x = context.Graph.Add(new Transpose(new[] { 0, 1 }.Concat(Enumerable.Range(3, rank)).Append(2).ToEquatableArray()), x);
        }

        if (!x.Shape.Slice(2, rank + 3).IsConstant)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes steps of constant sizes, not {context.X.Shape}.");
        }

        this.Input = x;
        this.window = FilterWindow.Read(context, rank);
        int[] ones = [.. Enumerable.Repeat(1, rank)];
        this.stateWindow = new FilterWindow(this.window.Kernel, ones, ones, "Same");
        Shape step = Shape.Of(x.Shape[0]) + x.Shape.Slice(2, rank + 3);
        this.geometry = this.window.Geometry(context, step, groups: 1);
        Shape y = this.geometry.OutputShape(step, this.Kernel(4));
        this.State = y.With(y.Rank - 1, this.filters);
    }

    public override Value Input { get; }

    public override Shape State { get; }

    public override Shape Outside => DataFormat.IsChannelsFirst(this.context) ? Shape.Of(this.State[0], this.State.Last) + this.State.Slice(1, this.State.Rank - 1) : this.State;

    public override Shape Kernel(long gates) => this.window.Shape(this.Input.Shape.Last, gates * this.filters);

    public override Shape Recurrent(long gates) => this.window.Shape(this.filters, gates * this.filters);

    public override Value Project(Graph g, Value x, Value kernel) => SpatialConv.Convolve(g, this.geometry, x, kernel);

    public override Value Product(Graph g, Value h, Value recurrent) => SpatialConv.Convolve(g, this.stateWindow.Geometry(this.context, h.Shape, groups: 1), h, recurrent);

    public override Value Read(Value state) =>
        DataFormat.IsChannelsFirst(this.context) ? this.context.Graph.Add(new Transpose(new[] { 0 }.Concat(Enumerable.Range(2, state.Shape.Rank - 2)).Append(1).ToEquatableArray()), state) : state;

    public override Value Write(Value state) => DataFormat.WriteMaps(this.context, state);

    public override Value WriteSteps(Value states)
    {
        int last = states.Shape.Rank - 1;
        return DataFormat.IsChannelsFirst(this.context) ? this.context.Graph.Add(new Transpose(new[] { 0, 1, last }.Concat(Enumerable.Range(2, last - 2)).ToEquatableArray()), states) : states;
    }
}
