namespace NetGen.Generator;

/// <summary>In training, a part of each image at a random place; in inference, and of images smaller than that, the largest middle part of its proportions, resized.</summary>
internal sealed class RandomCropLayer : Layer
{
    public override string Kind => "RandomCrop";

    public override IReadOnlyList<string> Arguments => ["Height", "Width", "Seed", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Value x = ResizingLayer.ReadImages(context);
        int[] size = [(int)context.Integer("Height", least: 1, most: int.MaxValue), (int)context.Integer("Width", least: 1, most: int.MaxValue)];
        bool isSmaller = x.Shape[1].Constant < size[0] || x.Shape[2].Constant < size[1];
        if (!context.Training || isSmaller)
        {
            return DataFormat.WriteMaps(context, ImageResize.Apply(g, ResizingLayer.Crop(g, x, size[0], size[1]), size[0], size[1], "Bilinear", antialias: false));
        }

        Value step = Augmentation.PerSample(context, 1);
        for (int i = 0; i < 2; i++)
        {
            long places = x.Shape[i + 1].Constant - size[i] + 1;
            if (places > 1)
            {
                // The product may be rounded up to the number of places.
                Expr place = Expr.Call("Min", Expr.Call("Floor", context.NextUniform() * places), places - 1);
                x = g.Add(new SampleAxis(i + 1, size[i], IsLinear: false, Extension.Zeros), x, Augmentation.PerSample(context, place), step);
            }
        }

        return DataFormat.WriteMaps(context, x);
    }
}
