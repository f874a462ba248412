namespace NetGen.Generator;

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
