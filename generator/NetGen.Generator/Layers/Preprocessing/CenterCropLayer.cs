namespace NetGen.Generator;

/// <summary>The middle of each image; of images smaller than that, the largest middle part of its proportions, resized.</summary>
internal sealed class CenterCropLayer : Layer
{
    public override string Kind => "CenterCrop";

    public override IReadOnlyList<string> Arguments => ["Height", "Width", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Value x = ResizingLayer.ReadImages(context);
        int height = (int)context.Integer("Height", least: 1, most: int.MaxValue), width = (int)context.Integer("Width", least: 1, most: int.MaxValue);
        (long below, long beside) = (x.Shape[1].Constant - height, x.Shape[2].Constant - width);
        x = below < 0 || beside < 0 ? ImageResize.Apply(g, ResizingLayer.Crop(g, x, height, width), height, width, "Bilinear", antialias: false)
            : g.Add(new Slice(2, beside / 2, width), g.Add(new Slice(1, below / 2, height), x));
        return DataFormat.WriteMaps(context, x);
    }
}
