// Runs JavaScript, jq, templates, Markdown, regular expressions, compression, pictures, parsers and ciphers: not for what they do,
// but because a program that has all of them is large.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/tls"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"hash/crc32"
	"html/template"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/big"
	"net/http"
	"os"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/itchyny/gojq"
	"github.com/yuin/goldmark"
	"go.starlark.net/starlark"
)

type exercise struct {
	name string
	run  func(text string) (string, error)
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, each := range []exercise{
		{"javascript", javascript}, {"starlark", starlarkSum}, {"jq", jq}, {"template", templates}, {"markdown", markdown}, {"regexp", words},
		{"gzip", compressed}, {"png", pictures}, {"go", parsed}, {"xml", documents}, {"aes", encrypted}, {"big", factorial},
		{"http", requests},
	} {
		answer, err := each.run(string(input))
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", each.name, err)
			os.Exit(1)
		}
		fmt.Printf("%s: %s\n", each.name, answer)
	}
}

func javascript(text string) (string, error) {
	machine := goja.New()
	if err := machine.Set("text", text); err != nil {
		return "", err
	}
	value, err := machine.RunString(`
		const counts = new Map();
		for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
		function fibonacci(n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2) }
		JSON.stringify({ fibonacci: fibonacci(18), counts: [...counts].sort().slice(0, 8) })`)
	if err != nil {
		return "", err
	}
	return value.String(), nil
}

func starlarkSum(string) (string, error) {
	values, err := starlark.ExecFile(&starlark.Thread{Name: "sum"}, "sum.star",
		"def squares(n):\n    return sum_of([i * i for i in range(n)])\n"+
			"def sum_of(list):\n    total = 0\n    for each in list:\n        total += each\n    return total\n"+
			"answer = squares(1000)\n", nil)
	if err != nil {
		return "", err
	}
	return values["answer"].String(), nil
}

func jq(string) (string, error) {
	query, err := gojq.Parse("[range(1000) | select(. % 7 == 0)] | {count: length, sum: add}")
	if err != nil {
		return "", err
	}
	value, _ := query.Run(nil).Next()
	encoded, err := json.Marshal(value)
	return string(encoded), err
}

func templates(text string) (string, error) {
	page, err := template.New("page").Parse(`<ul>{{range .}}<li title="{{.}}">{{.}}</li>{{end}}</ul>`)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = page.Execute(&out, strings.Fields(text))
	return digest(out.Bytes()), err
}

func markdown(text string) (string, error) {
	var out bytes.Buffer
	err := goldmark.Convert([]byte(text), &out)
	return digest(out.Bytes()), err
}

func words(text string) (string, error) {
	found := regexp.MustCompile(`(?i)\b([a-z])[a-z]*\b`).FindAllStringSubmatch(text, -1)
	return fmt.Sprint(len(found)), nil
}

func compressed(text string) (string, error) {
	var out bytes.Buffer
	writer := gzip.NewWriter(&out)
	if _, err := writer.Write([]byte(strings.Repeat(text, 5))); err != nil {
		return "", err
	}
	if err := writer.Close(); err != nil {
		return "", err
	}
	reader, err := gzip.NewReader(&out)
	if err != nil {
		return "", err
	}
	back, err := io.ReadAll(reader)
	return digest(back), err
}

func pictures(string) (string, error) {
	picture := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for x := range 64 {
		for y := range 64 {
			picture.Set(x, y, color.RGBA{uint8(4 * x), uint8(4 * y), uint8(x * y), 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return "", err
	}
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		return "", err
	}
	return digest(out.Bytes()), nil
}

func parsed(string) (string, error) {
	const source = "package p\n\nfunc f(a, b int) int { if a > b { return a }; return b }\n\nvar x = f(1, 2) + len(\"text\")\n"
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "p.go", source, 0)
	if err != nil {
		return "", err
	}
	pkg, err := new(types.Config).Check("p", files, []*ast.File{file}, nil)
	if err != nil {
		return "", err
	}
	return pkg.Scope().Lookup("x").String(), nil
}

func documents(text string) (string, error) {
	encoded, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"words"`
		Word    []string `xml:"word"`
	}{Word: strings.Fields(text)})
	return digest(encoded), err
}

func encrypted(text string) (string, error) {
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		return "", err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return "", err
	}
	return digest(gcm.Seal(nil, make([]byte, gcm.NonceSize()), []byte(text), nil)), nil
}

func factorial(string) (string, error) {
	product := new(big.Int).MulRange(1, 200)
	return digest([]byte(product.String())), nil
}

// requests builds one that nobody sends: there is no network, but all of the code for it.
func requests(text string) (string, error) {
	request, err := http.NewRequest(http.MethodPost, "https://example.org/", strings.NewReader(text))
	if err != nil {
		return "", err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), strings.NewReader(strings.Repeat("k", 1024)))
	if err != nil {
		return "", err
	}
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{Certificates: []tls.Certificate{{PrivateKey: key}}}}}
	_, err = client.Do(request)
	return fmt.Sprint(err != nil), nil
}

func digest(content []byte) string {
	return fmt.Sprintf("%x %08x", sha256.Sum256(content), crc32.ChecksumIEEE(content))
}
