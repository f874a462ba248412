using NetGen;

namespace Given;

/// <summary>The files that a page takes for granted: its readers bring their own.</summary>
internal static class Files
{
    /// <summary>Puts them into the present folder.</summary>
    public static void Make(string page)
    {
        switch (page)
        {
            case "README.md" or "docs/data.md":
                Pictures.Idx("train", count: 256);
                Pictures.Idx("t10k", count: 64);
                break;
            case "docs/images.md":
                Pictures.Flowers(perClass: 3);
                new docs_images.ImageNetClassifier(seed: 1).Save("resnet50.safetensors");
                new docs_images.TunedFlowers(seed: 1)["base"].SaveWeights("mobilenetv2-base.safetensors");
                File.WriteAllText("imagenet_class_index.json", $"{{{string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"\"{i}\": [\"n{i:D8}\", \"class_{i}\"]"))}}}");
                break;
            case "docs/keras.md":
                Pictures.Flowers(perClass: 2);
                KerasFiles.Weights(new docs_keras.Flowers(seed: 1), "base/", "resnet50_notop.h5");
                KerasFiles.Weights(new docs_keras.Flowers(seed: 2), "base/", "resnet50.h5", "predictions");
                KerasFiles.Model("model.keras");
                break;
            case "runtime/NetGen.Keras/README.md":
                KerasFiles.Model("model.keras");
                break;
            case "docs/onnx.md":
                new docs_onnx.Digits(seed: 1).ExportOnnx("squeezenet.onnx");
                break;
            case "docs/transfer.md":
                Pictures.Flowers(perClass: 2);
                new docs_transfer.Flowers(seed: 1)["base"].SaveWeights("mobilenetv2.safetensors");
                KerasFiles.Weights(new docs_transfer.VGG16Digits(seed: 1), "base/", "vgg16.h5", "fc1", "fc2", "predictions");
                break;
        }
    }
}
