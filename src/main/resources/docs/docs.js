// Shows the node's own contract; nothing is loaded from another host, and no validator badge is asked for.
window.addEventListener('load', () => {
  window.SwaggerUIBundle({
    url: '/openapi.yaml',
    dom_id: '#docs',
    deepLinking: true,
    displayRequestDuration: true,
    validatorUrl: null,
  });
});
